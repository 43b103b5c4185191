import type { Labels } from './promql/labels.ts'

/** A series as the doors know it: its fingerprint in decimal, and the day (UTC, `2026-11-23`) for which its row is stored already. */
export type KnownSeries = { fingerprint: string; day: string; labels: Labels }

/**
 * Series that were seen lately, by tenant and label set: hashing a label set costs a hundred times more than finding it here, and
 * a series' row need be stored once a day only. Bounded: when it is full it begins anew.
 */
export class SeriesCache {
  private readonly max: number
  private readonly found = new Map<string, KnownSeries>()

  constructor(max: number) {
    this.max = max
  }

  get(owner: string, labels: Labels): KnownSeries {
    const key = `${owner}\xff${labels.key}`
    let known = this.found.get(key)
    if (!known) {
      if (this.found.size >= this.max) this.found.clear()
      known = { fingerprint: labels.hash().toString(), day: '', labels }
      this.found.set(key, known)
    }
    return known
  }
}
