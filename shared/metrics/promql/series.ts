import type { Histogram } from './histogram/histogram.ts'
import type { Labels } from './labels.ts'
import type { Matcher } from './matcher.ts'

/** What a sample is, in `Series.kinds`. */
export const FLOAT = 0
export const STALE = 1
export const HISTOGRAM = 2

/** One series as a storage hands it over: columns of equal length, times ascending and distinct. */
export type Series = {
  readonly labels: Labels
  /** Epoch ms. */
  readonly times: Float64Array
  readonly values: Float64Array
  /** `null` where every sample is a float. Stale markers are told by kind: NaN payloads do not survive everywhere. */
  readonly kinds: Uint8Array | null
  readonly histograms: readonly (Histogram | undefined)[] | null
  /** When the counter started, epoch ms, 0 where not known; `null` where no sample has it. */
  readonly starts: Float64Array | null
}

/** What the engine will do with a selection; a storage may use it to read less. */
export type SelectHints = {
  readonly stepMs: number
  /** Length of the range selector, 0 for an instant selector. */
  readonly rangeMs: number
  /** The function or aggregation directly above the selector, '' where there is none. */
  readonly func: string
  /** Labels of an aggregation directly above, and whether they are kept or dropped. */
  readonly grouping: readonly string[]
  readonly by: boolean
}

/** Where samples come from. `from` and `to` are epoch ms, both inclusive; labels distinct. */
export interface Storage {
  /** All at once, in the order of labels. */
  select(matchers: readonly Matcher[], from: number, to: number, hints: SelectHints): Promise<readonly Series[]>
  /**
   * For storages that may hold more than fits into memory: batches as they come, each series whole, in any order. The columns of a
   * batch are valid until the next one is asked for.
   */
  stream?(matchers: readonly Matcher[], from: number, to: number, hints: SelectHints): AsyncIterable<readonly Series[]>
  /** Where a label set of one `stream` stands in the order of compareLabels, if that is known: cheaper than comparing. */
  rank?(labels: Labels): number | undefined
}

/** A series of a batch with samples of its own. */
export const ownSamples = (series: Series): Series => ({
  ...series,
  times: series.times.slice(),
  values: series.values.slice(),
  kinds: series.kinds?.slice() ?? null,
  starts: series.starts?.slice() ?? null,
})
