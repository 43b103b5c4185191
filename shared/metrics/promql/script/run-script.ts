import { parseBound } from '../histogram/classic.ts'
import { type ClassicHistogram, fromClassic } from '../histogram/nhcb.ts'
import { BUCKET, type Labels, NAME } from '../labels.ts'
import { MemoryStorage, type StoredSample } from '../memory.ts'
import { type Answer, type QueryOptions, queryInstant, queryRange } from '../query.ts'
import { matchesAnswer, matchesNotes, matchesRangeAt } from './compare.ts'
import { parseScript } from './parse-script.ts'
import { pinnedVariants } from './pinned.ts'
import type { Evaluate, Load } from './script.ts'
import { withStoredHints } from './stored-hints.ts'

/** One `eval` of a script; `why` is null where all it expects came true. */
export type CaseResult = { readonly line: number; readonly expr: string; readonly why: string | null }

/** Expressions that see the range of the query cannot give in a range query what they give at a moment. */
const QUERY_TIMES = /\b(range|step|start|end)\(\)/i

const OPTIONS: QueryOptions = { limits: { samplesMax: 100_000 } }

/**
 * Runs a script against the engine. An instant case is run again with every selector pinned by @, at several times, and each
 * of those as the middle step of a range query: all have to agree.
 */
export async function runScript(text: string): Promise<CaseResult[]> {
  const results: CaseResult[] = []
  let storage = new MemoryStorage()
  for (const command of parseScript(text)) {
    if (command.kind === 'clear') storage = new MemoryStorage()
    else if (command.kind === 'load') load(command, storage)
    else results.push({ line: command.line, expr: command.expr, why: await evaluate(command, storage) })
  }
  return results
}

async function evaluate(command: Evaluate, storage: MemoryStorage): Promise<string | null> {
  if (!command.instant) {
    const times = { start: command.start, end: command.end, step: command.step }
    return verdict(command, command.expr, await attempt(() => queryRange(command.expr, times, storage, OPTIONS)))
  }
  for (const { expr, at } of [{ expr: command.expr, at: command.start }, ...pinnedVariants(command.expr, command.start)]) {
    const answer = await attempt(() => queryInstant(expr, at, storage, OPTIONS))
    const why = verdict(command, expr, answer)
    if (why !== null) return expr === command.expr && at === command.start ? why : `${why} (as ${expr} at ${at / 1000})`
    if (answer instanceof Error || command.rangeVector || command.text !== null || QUERY_TIMES.test(expr)) continue
    const around = await attempt(() => queryRange(expr, { start: at - 60_000, end: at + 60_000, step: 60_000 }, storage, OPTIONS))
    if (around instanceof Error) return `as a range query: ${around.message}`
    const difference = command.ordered ? null : matchesRangeAt(command, around, at, answer.type === 'scalar')
    if (difference !== null) return `as a range query: ${difference}${expr === command.expr ? '' : ` (as ${expr})`}`
  }
  return null
}

function verdict(command: Evaluate, expr: string, answer: Answer | Error): string | null {
  const failure = command.expectations.find((e) => e.type === 'fail')
  if (answer instanceof Error) {
    if (!failure) return `error: ${answer.message}`
    if (failure.message !== undefined && failure.message !== answer.message)
      return `expected to fail with ${failure.message}, failed with ${answer.message}`
    if (failure.pattern !== undefined && !new RegExp(failure.pattern).test(answer.message))
      return `expected to fail with ${failure.pattern}, failed with ${answer.message}`
    return null
  }
  if (failure) return `expected ${expr} to fail`
  return matchesNotes(command, answer) ?? matchesAnswer(command, answer)
}

async function attempt(run: () => Promise<Answer>): Promise<Answer | Error> {
  try {
    return await run()
  } catch (e) {
    return e instanceof Error ? e : new Error(String(e))
  }
}

function load({ step, nhcb, series }: Load, storage: MemoryStorage): void {
  const classic = new Map<string, { labels: Labels; at: Map<number, ClassicHistogram> }>()
  for (const { labels, values, starts } of series) {
    const samples = values.flatMap((value, i): StoredSample[] => {
      if (value === null) return []
      const at = i * step
      const offset = starts[i] ?? null
      const start = offset === null ? 0 : at + offset
      return [{ at, start, value: value === 'stale' ? value : 'float' in value ? value.float : value.histogram }]
    })
    storage.append(labels, withStoredHints(samples))
    if (nhcb) gatherClassic(classic, labels, samples)
  }
  for (const { labels, at } of classic.values()) {
    const samples = [...at].flatMap(([time, gathered]): StoredSample[] => {
      const value = fromClassic(gathered)
      return value ? [{ at: time, value }] : []
    })
    storage.append(labels, withStoredHints(samples))
  }
}

function gatherClassic(
  classic: Map<string, { labels: Labels; at: Map<number, ClassicHistogram> }>,
  labels: Labels,
  samples: readonly StoredSample[],
): void {
  const suffix = /_(bucket|count|sum)$/.exec(labels.name)?.[1]
  if (!suffix) return
  const upper = suffix === 'bucket' ? parseBound(labels.get(BUCKET)) : null
  if (suffix === 'bucket' && upper === null) return
  const base = labels.without([BUCKET]).with(NAME, labels.name.slice(0, -suffix.length - 1))
  const entry = classic.get(base.key) ?? { labels: base, at: new Map<number, ClassicHistogram>() }
  classic.set(base.key, entry)
  for (const { at, value } of samples) {
    if (typeof value !== 'number') continue
    const gathered = entry.at.get(at) ?? { buckets: [], count: null, sum: null }
    entry.at.set(at, gathered)
    if (suffix === 'bucket') gathered.buckets.push({ upper: upper ?? 0, count: value })
    else gathered[suffix as 'count' | 'sum'] = value
  }
}

/** The storage a script of nothing but `load` leaves behind. */
export function loadScript(text: string): MemoryStorage {
  const storage = new MemoryStorage()
  for (const command of parseScript(text)) if (command.kind === 'load') load(command, storage)
  return storage
}

/** What a script expects in vain, one line each: what tests of functions compare with nothing. */
export async function failures(text: string): Promise<string[]> {
  return (await runScript(text)).flatMap(({ line, expr, why }) => (why === null ? [] : [`line ${line}: ${expr}: ${why}`]))
}
