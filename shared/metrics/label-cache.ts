import { compareLabels, type Labels } from './promql/labels.ts'

/** Label sets of one selection by fingerprint; `null`: ClickHouse found it, RE2 here says no. `rank`: their place in the order of labels. */
export type KnownLabels = { readonly labels: ReadonlyMap<bigint, Labels | null>; readonly rank: ReadonlyMap<Labels, number> }

export function knownLabels(labels: ReadonlyMap<bigint, Labels | null>): KnownLabels {
  const sorted = [...labels.values()].filter((its) => its !== null).sort(compareLabels)
  return { labels, rank: new Map(sorted.map((its, i) => [its, i])) }
}

/**
 * The label sets of selections that were read lately. What a fingerprint stands for never changes, and which series a selection has
 * its samples say: an entry can lack a series that is new, never name a wrong one. Bounded by the series it holds; the oldest go first.
 */
export class LabelCache {
  readonly #seriesMax: number
  readonly #entries = new Map<string, KnownLabels>()
  #series = 0

  constructor(seriesMax: number) {
    this.#seriesMax = seriesMax
  }

  get(selection: string): KnownLabels | undefined {
    const found = this.#entries.get(selection)
    if (!found) return undefined
    this.#entries.delete(selection)
    this.#entries.set(selection, found)
    return found
  }

  set(selection: string, known: KnownLabels): void {
    this.#drop(selection)
    if (known.labels.size > this.#seriesMax) return
    this.#entries.set(selection, known)
    this.#series += known.labels.size
    for (const oldest of this.#entries.keys()) {
      if (this.#series <= this.#seriesMax) break
      this.#drop(oldest)
    }
  }

  #drop(selection: string): void {
    this.#series -= this.#entries.get(selection)?.labels.size ?? 0
    this.#entries.delete(selection)
  }
}
