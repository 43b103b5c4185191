import type { Labels } from '../labels.ts'
import type { ScriptValue } from './values.ts'

/** A series as scripts write it: labels and one value per step. */
export type ScriptSeries = { readonly labels: Labels; readonly values: readonly ScriptValue[] }

export type LoadedSeries = ScriptSeries & {
  /** Start timestamps relative to the sample's own time, ms; null where none is given. */
  readonly starts: readonly (number | null)[]
}

export type Load = {
  readonly kind: 'load'
  readonly line: number
  readonly step: number
  readonly nhcb: boolean
  readonly series: readonly LoadedSeries[]
}
export type Clear = { readonly kind: 'clear' }
export type Expectation = { readonly type: 'fail' | 'warn' | 'info'; readonly message?: string; readonly pattern?: string }

/** One evaluation and what is expected of it. Times are epoch ms. */
export type Evaluate = {
  readonly kind: 'eval'
  readonly line: number
  readonly expr: string
  readonly instant: boolean
  readonly start: number
  readonly end: number
  readonly step: number
  readonly ordered: boolean
  readonly expectations: readonly Expectation[]
  readonly noWarnings: boolean
  readonly noInfos: boolean
  readonly series: readonly ScriptSeries[]
  readonly scalar: number | null
  readonly text: string | null
  /** An instant query for a range vector, whose points are expected at these times. */
  readonly rangeVector: { readonly start: number; readonly end: number; readonly step: number } | null
}

export type Command = Load | Clear | Evaluate

/** A script that is not written as scripts are. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError'
  constructor(line: number, reason: string) {
    super(`line ${line}: ${reason}`)
  }
}
