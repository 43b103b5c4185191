import { type Answers, expand, type Facts, type Setting, type TemplateSample, Unanswered } from './expand.ts'

/** An instant query of a template, and what it found. Travels between Workers. */
export type AskedQuery = { expr: string; at: number; found: TemplateSample[] | { error: string } }

/** Of one evaluation of one rule; more is a template that asks per series what it could ask once. */
const QUERIES_MAX = 200

/** Looks the answers up; what is missing fails in the text. */
export const answersIn = (asked: readonly AskedQuery[]): Answers => {
  const by = new Map(asked.map((a) => [`${a.at} ${a.expr}`, a.found]))
  return (expr, at) => by.get(`${at} ${expr}`) ?? { error: 'the query was not asked' }
}

/** Asks what the templates ask of these samples, each at its own instant, and each question once. */
export async function askQueries(
  templates: readonly string[],
  samples: Iterable<Facts & { at: number }>,
  externalUrl: string,
  ask: (expr: string, at: number) => Promise<AskedQuery['found']>,
): Promise<AskedQuery[]> {
  const asked = new Map<string, AskedQuery>()
  const answers: Answers = (expr, at) =>
    asked.get(`${at} ${expr}`)?.found ?? (asked.size < QUERIES_MAX ? undefined : { error: 'more queries than one evaluation may ask' })
  for (const sample of samples) {
    const setting: Setting = { at: sample.at, externalUrl, answers }
    for (const template of templates)
      for (let expr = missing(template, sample, setting); expr !== null; expr = missing(template, sample, setting))
        asked.set(`${sample.at} ${expr}`, { expr, at: sample.at, found: await ask(expr, sample.at) })
  }
  return [...asked.values()]
}

function missing(template: string, facts: Facts, setting: Setting): string | null {
  try {
    expand(template, facts, setting)
    return null
  } catch (e) {
    if (e instanceof Unanswered) return e.expr
    throw e
  }
}
