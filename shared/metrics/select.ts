import type { Warehouse } from '../warehouse/clickhouse.ts'
import { readDerived } from './derived/read.ts'
import { type KnownLabels, knownLabels, type LabelCache } from './label-cache.ts'
import { readLabels } from './labels-of.ts'
import { compareLabels, type Labels } from './promql/labels.ts'
import { QueryError } from './promql/limits.ts'
import type { Matcher } from './promql/matcher.ts'
import { ownSamples, type Series, type Storage } from './promql/series.ts'
import { type SampleBlock, sampleBlocks } from './sample-blocks.ts'
import { type HistogramColumns, readHistograms, withHistograms } from './select-histograms.ts'
import { itsRows, type Rows, type Selection, selection, tooLarge } from './selection.ts'

/**
 * What reading may cost. `samplesMax`: samples read by all selections of one query together, however few are held at once;
 * `deadlineAt`: epoch ms by `now()`.
 */
export type ReadLimits = { samplesMax: number; seriesMax: number; deadlineAt: number; now: () => number }

/**
 * The samples of one team in ClickHouse. A selection is one query for the float samples, one for the label sets that the cache does not
 * know, and one for what else there is (histograms and start times, which most series do not have), at the same time. Series come as ClickHouse
 * reads them: what is held of a selection is its label sets and one block of samples. Throws QueryError when it is more than the
 * limits allow, and the warehouse's Problems.
 */
export function clickhouseStorage(ch: Warehouse, team: string, limits: ReadLimits, cache?: LabelCache): Storage {
  let read = 0
  const count = (samples: number) => {
    read += samples
    if (read > limits.samplesMax)
      throw new QueryError(`query would read more than ${limits.samplesMax} samples. Ask for a shorter range or fewer series`)
  }
  const ranks: ReadonlyMap<Labels, number>[] = []
  const stream = (matchers: readonly Matcher[], from: number, to: number) => {
    const timeoutMs = Math.max(1, Math.min(60_000, limits.deadlineAt - limits.now()))
    const chosen = selection(team, matchers, from, to)
    const labels = new LabelsOf(ch, chosen, matchers, { seriesMax: limits.seriesMax, timeoutMs }, cache, ranks)
    return inTime(limits, from > to ? nothing() : streamed({ ch, rows: itsRows(chosen, from, to), labels, count, timeoutMs }))
  }
  return {
    stream,
    rank: (labels) => ranks.find((rank) => rank.has(labels))?.get(labels),
    async select(matchers, from, to) {
      const all: Series[] = []
      for await (const batch of stream(matchers, from, to)) all.push(...batch.map(ownSamples))
      return all.sort((a, b) => compareLabels(a.labels, b.labels))
    },
  }
}

async function* nothing(): AsyncGenerator<readonly Series[]> {}

/** The label sets of one selection: what is known of them, else asked for. */
class LabelsOf {
  readonly #ask: () => Promise<Map<bigint, Labels | null>>
  readonly #key: string
  readonly #cache: LabelCache | undefined
  readonly #ranks: ReadonlyMap<Labels, number>[]
  #known: KnownLabels | undefined

  constructor(
    ch: Warehouse,
    chosen: Selection,
    matchers: readonly Matcher[],
    { seriesMax, timeoutMs }: { seriesMax: number; timeoutMs: number },
    cache: LabelCache | undefined,
    ranks: ReadonlyMap<Labels, number>[],
  ) {
    this.#ask = () => readLabels(ch, chosen, matchers, seriesMax, timeoutMs)
    this.#key = JSON.stringify([chosen.where, { ...chosen.params, from_day: '', to_day: '' }])
    this.#cache = cache
    this.#ranks = ranks
  }

  async begin(): Promise<void> {
    this.#known = this.#cache?.get(this.#key)
    if (this.#known) this.#ranks.push(this.#known.rank)
    else await this.#read()
  }

  /** After this all of these are known: a series may be younger than what the cache has. */
  async complete(fingerprints: readonly bigint[]): Promise<void> {
    if (fingerprints.some((fingerprint) => !this.#known?.labels.has(fingerprint))) await this.#read()
  }

  get(fingerprint: bigint): Labels | null {
    return this.#known?.labels.get(fingerprint) ?? null
  }

  async #read(): Promise<void> {
    const fresh = await this.#ask()
    this.#known = knownLabels(this.#known ? new Map([...this.#known.labels, ...fresh]) : fresh)
    this.#ranks.push(this.#known.rank)
    this.#cache?.set(this.#key, this.#known)
  }
}

type Reading = { ch: Warehouse; rows: Rows; labels: LabelsOf; count: (samples: number) => void; timeoutMs: number }

async function* streamed({ ch, rows, labels, count, timeoutMs }: Reading): AsyncGenerator<readonly Series[]> {
  const first = askFloats(ch, rows, {}, timeoutMs)
  // it is not waited for before the rest is here, and may fail first
  first.catch(() => {})
  const leave = () => first.then((stream) => stream.cancel()).catch(() => {})
  const rest = Promise.all([labels.begin(), whatElse(ch, rows, timeoutMs)])
  const [, { histograms: any, starts: started, derived: made }] = await rest.catch(async (e) => {
    await leave()
    throw e
  })
  if (started) await leave()
  const histograms = any ? await readHistograms(ch, rows, count, timeoutMs) : new Map<bigint, HistogramColumns>()
  const blocksOf = async (stream: Promise<ReadableStream<Uint8Array>>) => sampleBlocks(await stream, rows.params.from)
  const whole = async (blocks: readonly SampleBlock[]): Promise<Series[]> => {
    await labels.complete(blocks.map((b) => b.fingerprint))
    return blocks.flatMap(({ fingerprint, doubtful, ...floats }) => {
      const its = labels.get(fingerprint)
      if (!its) return []
      const withThem = histograms.get(fingerprint)
      histograms.delete(fingerprint)
      return [withThem ? withHistograms(its, floats, withThem) : { labels: its, histograms: null, ...floats }]
    })
  }
  const doubtful = new Set<bigint>()
  for await (const blocks of await blocksOf(started ? askFloats(ch, rows, { started }, timeoutMs) : first)) {
    for (const block of blocks) {
      count(block.times.length)
      if (block.doubtful) doubtful.add(block.fingerprint)
    }
    yield await whole(doubtful.size ? blocks.filter((b) => !b.doubtful) : blocks)
  }
  // samples that were sent again with another value and not merged yet: FINAL, which costs more, keeps the last of each
  if (doubtful.size)
    for await (const blocks of await blocksOf(askFloats(ch, rows, { started, final: true }, timeoutMs)))
      yield await whole(blocks.filter((b) => doubtful.has(b.fingerprint)))
  await labels.complete([...histograms.keys()])
  yield [...histograms].flatMap(([fingerprint, its]) => {
    const found = labels.get(fingerprint)
    return found ? [withHistograms(found, undefined, its)] : []
  })
  if (!made) return
  const derived = await readDerived(ch, rows, count, timeoutMs)
  await labels.complete([...derived.keys()])
  yield [...derived].flatMap(([fingerprint, its]) => {
    const found = labels.get(fingerprint)
    return found ? [{ labels: found, ...its }] : []
  })
}

/** More milliseconds than 32 bits hold: then times travel as floats. */
const NEAR_MS = 2 ** 32

type Asking = { started?: boolean; final?: boolean }

/** The answer as sampleBlocks reads it. */
function askFloats(ch: Warehouse, { where, params }: Rows, { started, final }: Asking, timeoutMs: number) {
  const { from, to } = params
  const since = `${to - from < NEAR_MS ? 'toUInt32' : 'toFloat64'}(toUnixTimestamp64Milli(at) - {from:Int64})`
  const start = started ? ', groupArray(toFloat64(toUnixTimestamp64Milli(start)))' : ''
  // in the order of the key, so that a series leaves as soon as it is read; one thread gives as much as a Worker takes
  const sql = `SELECT fingerprint, groupArray(${since}), groupArray(value)${start}
    FROM tocsin.samples ${final ? 'FINAL' : ''} WHERE ${where} GROUP BY team, fingerprint
    SETTINGS optimize_aggregation_in_order = 1, max_threads = 1, aggregation_in_order_max_block_bytes = 4000000 FORMAT Native`
  return ch.bytes(sql, params, { timeoutMs })
}

type Else = { histograms: boolean; starts: boolean; derived: boolean }

/**
 * What there may be besides plain samples: native histograms and metrics derived from logs, of whatever series of the team, because
 * asking for these alone costs four times as much where there are none; and samples that say when their counter began.
 */
async function whatElse(ch: Warehouse, { where, around, params }: Rows, timeoutMs: number): Promise<Else> {
  const [found] = await ch.rows<Record<keyof Else, number>>(
    `SELECT EXISTS(SELECT 1 FROM tocsin.histograms WHERE ${around} LIMIT 1) AS histograms,
      EXISTS(SELECT 1 FROM tocsin.derived_points WHERE ${around} LIMIT 1) AS derived,
      EXISTS(SELECT 1 FROM tocsin.samples PREWHERE start > fromUnixTimestamp64Milli(0) WHERE ${where} LIMIT 1) AS starts`,
    params,
    { timeoutMs },
  )
  return { histograms: !!found?.histograms, starts: !!found?.starts, derived: !!found?.derived }
}

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
