import type { Call } from '../define.ts'
import * as kind from '../kind.ts'
import { float, type Int, isFloat, toNumber, type Value } from '../value.ts'
import { numberKind } from './parameters.ts'

/** Rounds to decimal places with `how`; integers stay as they are. */
export function roundWith(v: Value, precision: Int | undefined, how: (n: number) => number): Value {
  if (!isFloat(v)) return v
  const factor = 10 ** toNumber(precision ?? 0)
  const n = how(toNumber(v) * factor) / factor
  return Number.isNaN(n) ? v : float(n)
}

/** Away from zero at halves, as Rust rounds. */
export const halfAway = (n: number): number => Math.sign(n) * Math.round(Math.abs(n))

/** A number's own type where it is known. */
export const sameNumber = (call: Call): kind.Kind => {
  const k = call.kind('value')!
  return kind.isInteger(k) || kind.isFloat(k) ? k : numberKind
}
