import { type Histogram, sampleWeight } from '../histogram/histogram.ts'
import type { Labels } from '../labels.ts'

/** In `Column.has`: what is there at a step. */
export const ABSENT = 0
export const IS_FLOAT = 1
export const IS_HISTOGRAM = 2

/** A query makes thousands of short columns: cut from larger pieces they cost a fifth. A piece lives as long as any column of it. */
class Pieces<T extends Float64Array | Uint8Array> {
  readonly #make: (length: number) => T
  #piece: T
  #used = 0

  constructor(make: (length: number) => T) {
    this.#make = make
    this.#piece = make(0)
  }

  /** Zeros. */
  take(length: number): T {
    if (length > PIECE / 8) return this.#make(length)
    if (this.#used + length > this.#piece.length) {
      this.#piece = this.#make(PIECE)
      this.#used = 0
    }
    this.#used += length
    return this.#piece.subarray(this.#used - length, this.#used) as T
  }
}
const PIECE = 1 << 14
const floats = new Pieces((length) => new Float64Array(length))
const bytes = new Pieces((length) => new Uint8Array(length))

/** One series of an instant vector over all steps of an evaluation. */
export class Column {
  readonly labels: Labels
  readonly values: Float64Array
  readonly has: Uint8Array
  /** `null` until a histogram is set. */
  histograms: (Histogram | undefined)[] | null = null
  /** The metric's name goes away, but only in the end: until then label functions may still read it. */
  dropName: boolean

  constructor(labels: Labels, steps: number, dropName = false) {
    this.labels = labels
    this.values = floats.take(steps)
    this.has = bytes.take(steps)
    this.dropName = dropName
  }

  set(step: number, value: number): void {
    this.values[step] = value
    this.has[step] = IS_FLOAT
  }

  setHistogram(step: number, h: Histogram): void {
    this.histograms ??= new Array<Histogram | undefined>(this.has.length)
    this.histograms[step] = h
    this.has[step] = IS_HISTOGRAM
  }

  setEither(step: number, value: number | Histogram): void {
    if (typeof value === 'number') this.set(step, value)
    else this.setHistogram(step, value)
  }

  /** The sample at a step: a number, a histogram, or undefined. */
  at(step: number): number | Histogram | undefined {
    const kind = this.has[step]
    if (kind === ABSENT) return undefined
    return kind === IS_HISTOGRAM ? this.histograms?.[step] : (this.values[step] ?? 0)
  }

  copyStep(from: Column, step: number): void {
    const kind = from.has[step] ?? ABSENT
    this.has[step] = kind
    this.values[step] = from.values[step] ?? 0
    if (kind !== IS_HISTOGRAM) return
    this.histograms ??= new Array<Histogram | undefined>(this.has.length)
    this.histograms[step] = from.histograms?.[step]
  }

  /** What it counts for against the limit of samples. */
  get weight(): number {
    const { length } = this.has
    return this.histograms?.reduce((sum, h) => sum + (h ? sampleWeight(h) : 0), length) ?? length
  }

  get isEmpty(): boolean {
    return !this.has.includes(IS_FLOAT) && !this.has.includes(IS_HISTOGRAM)
  }

  /** The same samples under other labels; the columns are shared, not copied. */
  relabelled(labels: Labels, dropName: boolean): Column {
    const other = new Column(labels, 0, dropName)
    Object.assign(other, { values: this.values, has: this.has })
    other.histograms = this.histograms
    return other
  }
}

/** Only columns with at least one sample. */
export const populated = (columns: Column[]): Column[] => (columns.some((c) => c.isEmpty) ? columns.filter((c) => !c.isEmpty) : columns)
