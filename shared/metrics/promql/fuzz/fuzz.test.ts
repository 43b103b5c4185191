import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Answer, queryInstant, queryRange } from '../query.ts'
import type { Storage } from '../series.ts'
import { parse } from '../syntax/parse.ts'
import { print } from '../syntax/print.ts'
import { expressions } from './expressions.ts'
import { garden } from './garden.ts'

const times = { start: -30_000, end: 510_000, step: 60_000 }
const runs = { numRuns: 500, seed: 7 }

test('whatever parses prints as text that parses to the same text', () => {
  fc.assert(
    fc.property(expressions(), (text) => {
      const printed = attempt(() => print(parse(text)))
      if (!(printed instanceof Error)) expect(print(parse(printed))).toBe(printed)
    }),
    runs,
  )
})

test('an expression answers or is refused, never crashes, and its printed form answers the same', async () => {
  await fc.assert(
    fc.asyncProperty(expressions(), async (text) => {
      const answer = await outcome(text)
      if (!answer.startsWith('PromqlParseError')) expect(await outcome(print(parse(text)))).toBe(answer)
    }),
    runs,
  )
})

test('a range query gives at each of its steps what an instant query gives there', async () => {
  await fc.assert(
    fc.asyncProperty(expressions(), async (text) => {
      // These see the range of the query; the others choose among equals by an order that differs.
      if (/\b(step|range|start|end|topk|bottomk|limitk|sort\w*)\(/.test(text)) return
      const range = await answerTo(() => queryRange(text, times, garden))
      if (range === null || range.type !== 'matrix') return
      for (let at = times.start; at <= times.end; at += times.step) {
        const instant = await answerTo(() => queryInstant(text, at, garden))
        expect(instant && pointsAt(instant, at)).toEqual(pointsAt(range, at))
      }
    }),
    runs,
  )
})

test('series that arrive one by one, in any order, give what they give all at once', async () => {
  const streamed: Storage = {
    select: (matchers, from, to) => garden.select(matchers, from, to),
    async *stream(matchers, from, to) {
      for (const series of (await garden.select(matchers, from, to)).toReversed()) yield [series]
    },
  }
  await fc.assert(
    fc.asyncProperty(expressions(), async (text) => {
      expect(await outcome(text, streamed)).toBe(await outcome(text))
      // an aggregation that takes them as they come adds in another order
      if (/\b(topk|bottomk|limitk|quantile|sort\w*)\b/.test(text)) return
      const folded = await answerTo(() => queryRange(text, times, streamed, { limits: { foldFrom: 0 } }))
      const plainly = await answerTo(() => queryRange(text, times, garden))
      const points = (answer: Answer | null) => answer && [0, 4, 9].flatMap((i) => pointsAt(answer, times.start + i * times.step))
      expect(points(folded)).toEqual(points(plainly))
    }),
    runs,
  )
})

test('broken text is refused with a position, never crashes', () => {
  const cut = fc.tuple(
    expressions(),
    fc.nat(),
    fc.nat({ max: 4 }),
    fc.constantFrom('', '(', ')', '{', ']', '"', '@', ' by', '=~', '5x', 'é', '\\'),
  )
  fc.assert(
    fc.property(cut, ([text, where, length, insert]) => {
      const at = where % (text.length + 1)
      const parsed = attempt(() => parse(text.slice(0, at) + insert + text.slice(at + length)))
      if (parsed instanceof Error) expect(parsed.message).toMatch(/^\d+:\d+: parse error: \S/)
    }),
    runs,
  )
})

/** The answer as text, without its notes: their positions move when an expression is printed. */
async function outcome(text: string, storage: Storage = garden): Promise<string> {
  try {
    const type = await queryInstant(text, 300_000, storage)
    const range = type.type === 'vector' || type.type === 'scalar' ? await queryRange(text, times, storage) : null
    return JSON.stringify([plain(type), range && plain(range)], (_, value) =>
      Number.isNaN(value) ? 'NaN' : value === Infinity ? 'Inf' : value,
    )
  } catch (e) {
    if (e instanceof Error && ['PromqlParseError', 'PromqlQueryError'].includes(e.name))
      return `${e.name} ${e.message.replace(/^\d+:\d+: /, '')}`
    throw e
  }
}

/** `null` where the engine refuses: a range query is refused for what happens at any of its steps. */
async function answerTo(ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask()
  } catch (e) {
    if (e instanceof Error && ['PromqlParseError', 'PromqlQueryError'].includes(e.name)) return null
    throw e
  }
}

/**
 * What an answer holds at a time. Without names: as in Prometheus, a series that `or` takes from one side at some steps and from
 * the other at others keeps or loses its name as a whole.
 */
function pointsAt(answer: Answer, at: number): string[] {
  if (answer.type === 'scalar') return [`{} ${answer.value.toPrecision(10)}`]
  if (answer.type === 'string') return []
  const points =
    answer.type === 'vector'
      ? answer.samples.map((s) => [s.labels.withoutMetadata().toString(), s.value] as const)
      : answer.series.flatMap(({ labels, times, values, histograms }) => {
          const i = times.indexOf(at)
          return i < 0 ? [] : [[labels.withoutMetadata().toString(), histograms?.[i] ?? values[i]] as const]
        })
  // Sums depend on the order of series in their last digits.
  const written = points.map(([labels, value]) => `${labels} ${typeof value === 'number' ? value.toPrecision(10) : JSON.stringify(value)}`)
  return written.sort()
}

const plain = ({ warnings, infos, ...answer }: Answer) => ({ ...answer, odd: warnings.length + infos.length })

function attempt<T>(run: () => T): T | Error {
  try {
    return run()
  } catch (e) {
    if (e instanceof Error && e.name === 'PromqlParseError') return e
    throw e
  }
}
