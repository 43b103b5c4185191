import type { Warehouse } from '../warehouse/clickhouse.ts'
import { readSeries } from './labels-of.ts'
import { compareLabels, NAME } from './promql/labels.ts'
import { QueryError } from './promql/limits.ts'
import type { Matcher } from './promql/matcher.ts'
import type { Series, Storage } from './promql/series.ts'
import { type SampleBlock, sampleBlocks } from './sample-blocks.ts'
import { readHistograms, withHistograms } from './select-histograms.ts'

/** What reading may cost. `samplesMax`: samples read by all selections of one query together, however few are held at once; `deadlineAt`: epoch ms by `now()`. */
export type ReadLimits = { samplesMax: number; seriesMax: number; deadlineAt: number; now: () => number }

/** Conditions on `tocsin.series` or on rows of its fingerprints, and the values they name. */
export type Selection = { where: string; params: Record<string, unknown> }
type Rows = { where: string; params: Record<string, unknown> & { from: number; to: number } }

const DAY_MS = 86_400_000
/** What Date and DateTime64(3) can say. */
const DAY_LAST = Date.UTC(2149, 5, 6)
const TIME_FIRST = Date.UTC(1900, 0, 1)
const TIME_LAST = Date.UTC(2299, 11, 31)

/** The series of a team that had samples between two moments (epoch ms, both included, to the day) and satisfy all matchers. */
export function selection(team: string, matchers: readonly Matcher[], from: number, to: number): Selection {
  const params: Record<string, unknown> = { team, from_day: day(from), to_day: day(to) }
  const parts = ['team = {team:UUID}', 'day >= {from_day:Date}', 'day <= {to_day:Date}']
  matchers.forEach(({ name, op, value }, i) => {
    // a label that is not there reads as '' from a Map, which is what PromQL means by it
    const column = name === NAME ? 'name' : `labels[{label_${i}:String}]`
    if (name !== NAME) params[`label_${i}`] = name
    const regex = op === '=~' || op === '!~'
    params[`value_${i}`] = regex ? `^(?s:${value})$` : value
    const text = `{value_${i}:String}`
    parts.push(regex ? `${op === '!~' ? 'NOT ' : ''}match(${column}, ${text})` : `${column} ${op} ${text}`)
  })
  return { where: parts.join(' AND '), params }
}

/** Rows of `samples`, `histograms` or `exemplars` of a selection's series in a time range; columns `fingerprint` and `at`. */
export const itsRows = (chosen: Selection, from: number, to: number): Rows => ({
  where: `team = {team:UUID} AND at >= fromUnixTimestamp64Milli({from:Int64}) AND at <= fromUnixTimestamp64Milli({to:Int64})
    AND fingerprint IN (SELECT fingerprint FROM tocsin.series WHERE ${chosen.where})`,
  params: { ...chosen.params, from: Math.ceil(Math.max(from, TIME_FIRST)), to: Math.floor(Math.min(to, TIME_LAST)) },
})

/**
 * The samples of one team in ClickHouse. A selection is one query for the label sets, one for the float samples and one each for
 * histograms and start times, which most series do not have, at the same time. Series come as ClickHouse reads them, so that what
 * is held of a selection is its label sets and one block of samples. Throws QueryError when it is more than the limits allow, and
 * the warehouse's Problems.
 */
export function clickhouseStorage(ch: Warehouse, team: string, limits: ReadLimits): Storage {
  let read = 0
  const count = (samples: number) => {
    read += samples
    if (read > limits.samplesMax)
      throw new QueryError(`query would read more than ${limits.samplesMax} samples. Ask for a shorter range or fewer series`)
  }
  const stream = (matchers: readonly Matcher[], from: number, to: number) =>
    inTime(limits, streamed(ch, team, limits, count, matchers, from, to))
  return {
    stream,
    async select(matchers, from, to) {
      const all: Series[] = []
      for await (const batch of stream(matchers, from, to)) all.push(...batch)
      return all.sort((a, b) => compareLabels(a.labels, b.labels))
    },
  }
}

async function* streamed(
  ch: Warehouse,
  team: string,
  limits: ReadLimits,
  count: (samples: number) => void,
  matchers: readonly Matcher[],
  from: number,
  to: number,
): AsyncGenerator<readonly Series[]> {
  if (from > to) return
  const chosen = selection(team, matchers, from, to)
  const rows = itsRows(chosen, from, to)
  const timeoutMs = Math.max(1, Math.min(60_000, limits.deadlineAt - limits.now()))
  const first = askFloats(ch, rows, {}, timeoutMs)
  // it is not waited for before the rest is here, and may fail first
  first.catch(() => {})
  const leave = () => first.then((stream) => stream.cancel()).catch(() => {})
  const [labels, histograms, started] = await Promise.all([
    readSeries(ch, chosen, matchers, limits.seriesMax, timeoutMs),
    readHistograms(ch, rows, count, timeoutMs),
    anyStarts(ch, rows, timeoutMs),
  ]).catch(async (e) => {
    await leave()
    throw e
  })
  if (started) await leave()
  const blocksOf = async (stream: Promise<ReadableStream<Uint8Array>>) => sampleBlocks(await stream, rows.params.from)
  const whole = (blocks: readonly SampleBlock[]): Series[] =>
    blocks.flatMap(({ fingerprint, doubtful, ...floats }) => {
      const its = labels.get(fingerprint)
      if (!its) return []
      const withThem = histograms.get(fingerprint)
      histograms.delete(fingerprint)
      return [withThem ? withHistograms(its, floats, withThem) : { labels: its, histograms: null, ...floats }]
    })
  const doubtful = new Set<bigint>()
  for await (const blocks of await blocksOf(started ? askFloats(ch, rows, { started }, timeoutMs) : first)) {
    for (const block of blocks) {
      count(block.times.length)
      if (block.doubtful) doubtful.add(block.fingerprint)
    }
    yield whole(doubtful.size ? blocks.filter((b) => !b.doubtful) : blocks)
  }
  // samples that were sent again with another value and not merged yet: FINAL, which costs more, keeps the last of each
  if (doubtful.size)
    for await (const blocks of await blocksOf(askFloats(ch, rows, { started, final: true }, timeoutMs)))
      yield whole(blocks.filter((b) => doubtful.has(b.fingerprint)))
  yield [...histograms].flatMap(([fingerprint, its]) => {
    const found = labels.get(fingerprint)
    return found ? [withHistograms(found, undefined, its)] : []
  })
}

/** More milliseconds than 32 bits hold: then times travel as floats. */
const NEAR_MS = 2 ** 32

type Reading = { started?: boolean; final?: boolean }

/** The answer as sampleBlocks reads it. */
function askFloats(ch: Warehouse, { where, params }: Rows, { started, final }: Reading, timeoutMs: number) {
  const { from, to } = params
  const since = `${to - from < NEAR_MS ? 'toUInt32' : 'toFloat64'}(toUnixTimestamp64Milli(at) - {from:Int64})`
  const start = started ? ', groupArray(toFloat64(toUnixTimestamp64Milli(start)))' : ''
  // in the order of the key, so that a series leaves as soon as it is read; one thread gives as much as a Worker takes
  const sql = `SELECT fingerprint, groupArray(${since}), groupArray(value)${start}
    FROM tocsin.samples ${final ? 'FINAL' : ''} WHERE ${where} GROUP BY team, fingerprint
    SETTINGS optimize_aggregation_in_order = 1, max_threads = 1, aggregation_in_order_max_block_bytes = 4000000 FORMAT Native`
  return ch.bytes(sql, params, { timeoutMs })
}

/** Whether any sample says when its counter began: most do not, and then the column is not read. */
async function anyStarts(ch: Warehouse, { where, params }: Selection, timeoutMs: number): Promise<boolean> {
  const sql = `SELECT 1 AS is FROM tocsin.samples PREWHERE start > fromUnixTimestamp64Milli(0) WHERE ${where} LIMIT 1`
  return (await ch.rows(sql, params, { timeoutMs })).length > 0
}

const day = (at: number) => new Date(Math.floor(Math.min(Math.max(at, 0), DAY_LAST) / DAY_MS) * DAY_MS).toISOString().slice(0, 10)

/** What our RE2 accepts and ClickHouse's does not. */
export const withRe2 = <T>(ask: () => Promise<T>): Promise<T> =>
  ask().catch((e) => {
    throw tooLarge(e)
  })

const tooLarge = (e: unknown): unknown =>
  (e as { code?: unknown } | null)?.code === '427' ? new QueryError('a pattern is larger than the storage can match', 'execution') : e

/** A storage that was too slow is a query that timed out, once its time is over. */
async function* inTime<T>({ deadlineAt, now }: ReadLimits, batches: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* batches
  } catch (e) {
    if ((e as { name?: unknown } | null)?.name !== 'PromqlQueryError' && now() >= deadlineAt)
      throw new QueryError('query timed out in expression evaluation', 'timeout')
    throw tooLarge(e)
  }
}
