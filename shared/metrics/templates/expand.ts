import type { Template } from './ast.ts'
import { functions } from './functions.ts'
import { parseTemplate } from './parse.ts'
import { runTemplate } from './run.ts'
import { fail, Struct, TemplateError, type Value } from './values.ts'

export type Facts = { labels: Readonly<Record<string, string>>; value: number }
export type TemplateSample = { labels: Readonly<Record<string, string>>; value: number }
/** The answer of an instant query at an instant (epoch ms), a message where it fails; undefined: not asked yet. */
export type Answers = (expr: string, at: number) => readonly TemplateSample[] | { error: string } | undefined
export type Setting = { at: number; externalUrl: string; externalLabels?: Readonly<Record<string, string>>; answers: Answers }

/** Thrown out of a template that needs the answer of a query nobody asked yet. */
export class Unanswered extends Error {
  override name = 'Unanswered'
  readonly expr: string
  constructor(expr: string) {
    super('a template asks a query')
    this.expr = expr
  }
}

const VARIABLES = ['$labels', '$externalLabels', '$externalURL', '$value']
const KEPT_MAX = 1000
const parsed = new Map<string, Template | TemplateError>()

/**
 * A label or annotation of an alert, as Prometheus expands it (configuration/template_reference): `.Labels .Value .ExternalURL`,
 * `$labels $value $externalURL`, all of text/template and the functions of functions.ts. What fails is said in the text, as there.
 * Throws Unanswered only.
 */
export function expand(template: string, { labels, value }: Facts, { at, externalUrl, externalLabels = {}, answers }: Setting): string {
  const known = parsedOf(template)
  if (known instanceof Error) return failure('parsing', known)
  const data = new Struct('template.AlertTemplateData', new Map<string, Value>([
    ['Labels', new Map(Object.entries(labels))], ['ExternalLabels', new Map(Object.entries(externalLabels))], ['ExternalURL', externalUrl], ['Value', value],
  ])) // biome-ignore format: a table
  const variables = {
    $labels: data.fields.get('Labels')!,
    $externalLabels: data.fields.get('ExternalLabels')!,
    $externalURL: externalUrl,
    $value: value,
  }
  const query = (expr: string): Value[] => {
    const found = answers(expr, at)
    if (!found) throw new Unanswered(expr)
    return 'error' in found ? fail(`error calling query: ${found.error}`) : found.map(sampleOf)
  }
  try {
    return runTemplate(known, data, variables, { at, externalUrl, query })
  } catch (e) {
    if (e instanceof TemplateError) return failure('executing', e)
    throw e
  }
}

/** Why a template cannot be read, or null. */
export function misunderstood(template: string): string | null {
  const known = parsedOf(template)
  return known instanceof Error ? known.message : null
}

/** True when what it says depends on the answers of queries. */
export const asksQueries = (template: string): boolean => /\bquery\b/.test(template)

const sampleOf = ({ labels, value }: TemplateSample): Value =>
  new Struct('*template.sample', new Map<string, Value>([['Labels', new Map(Object.entries(labels))], ['Value', value]])) // biome-ignore format: one line

const failure = (doing: string, e: Error): string => `<error expanding template: error ${doing} template: ${e.message}>`

function parsedOf(template: string): Template | TemplateError {
  const before = parsed.get(template)
  if (before) return before
  const made = read(template)
  if (parsed.size >= KEPT_MAX) parsed.clear()
  parsed.set(template, made)
  return made
}
function read(template: string): Template | TemplateError {
  try {
    return parseTemplate(template, (name) => name === 'and' || name === 'or' || Object.hasOwn(functions, name), VARIABLES)
  } catch (e) {
    if (e instanceof TemplateError) return e
    throw e
  }
}
