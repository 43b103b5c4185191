import type { Histogram } from './histogram/histogram.ts'
import { compareLabels, type Labels, NAME } from './labels.ts'
import { type Matcher, matchesAll } from './matcher.ts'
import { FLOAT, HISTOGRAM, type Series, STALE, type Storage } from './series.ts'

/** One sample to store. `start`: when the counter started, epoch ms, 0 where not known. */
export type StoredSample = { readonly at: number; readonly value: number | Histogram | 'stale'; readonly start?: number }

/** Series in memory: for tests, for scripts, and for rules tried out in the browser. A sample at a known time replaces it. */
export class MemoryStorage implements Storage {
  readonly #series = new Map<string, { labels: Labels; samples: Map<number, StoredSample>; built: Series | null }>()

  append(labels: Labels, samples: Iterable<StoredSample>): void {
    let entry = this.#series.get(labels.key)
    if (!entry) {
      entry = { labels, samples: new Map(), built: null }
      this.#series.set(labels.key, entry)
    }
    for (const sample of samples) entry.samples.set(sample.at, sample)
    entry.built = null
  }

  async select(matchers: readonly Matcher[], from: number, to: number): Promise<readonly Series[]> {
    const name = matchers.find((m) => m.name === NAME && m.op === '=')?.value
    const found: Series[] = []
    for (const entry of this.#series.values()) {
      if ((name !== undefined && entry.labels.name !== name) || !matchesAll(matchers, entry.labels)) continue
      entry.built ??= columns(entry.labels, [...entry.samples.values()])
      const within = between(entry.built, from, to)
      if (within.times.length > 0) found.push(within)
    }
    return found.sort((a, b) => compareLabels(a.labels, b.labels))
  }
}

function columns(labels: Labels, samples: StoredSample[]): Series {
  samples.sort((a, b) => a.at - b.at)
  const isFloat = (s: StoredSample) => typeof s.value === 'number'
  const kindOf = ({ value }: StoredSample) => (value === 'stale' ? STALE : typeof value === 'number' ? FLOAT : HISTOGRAM)
  return {
    labels,
    times: Float64Array.from(samples, (s) => s.at),
    values: Float64Array.from(samples, (s) => (typeof s.value === 'number' ? s.value : Number.NaN)),
    kinds: samples.every(isFloat) ? null : Uint8Array.from(samples, kindOf),
    histograms: samples.some((s) => typeof s.value === 'object')
      ? samples.map((s) => (typeof s.value === 'object' ? s.value : undefined))
      : null,
    starts: samples.some((s) => s.start) ? Float64Array.from(samples, (s) => s.start ?? 0) : null,
  }
}

function between(s: Series, from: number, to: number): Series {
  const first = lowerBound(s.times, from)
  const last = lowerBound(s.times, to + 1)
  if (first === 0 && last === s.times.length) return s
  return {
    labels: s.labels,
    times: s.times.subarray(first, last),
    values: s.values.subarray(first, last),
    kinds: s.kinds?.subarray(first, last) ?? null,
    histograms: s.histograms?.slice(first, last) ?? null,
    starts: s.starts?.subarray(first, last) ?? null,
  }
}

function lowerBound(times: Float64Array, at: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) < at) low = middle + 1
    else high = middle
  }
  return low
}
