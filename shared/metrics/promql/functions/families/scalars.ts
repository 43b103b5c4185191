import type { FunctionCall } from '../function.ts'

/** A scalar computed per step from the time of evaluation, epoch ms. */
export function eachStep(call: FunctionCall, f: (at: number, step: number) => number): Float64Array {
  const { start, step, n } = call.steps
  return Float64Array.from({ length: n }, (_, i) => f(start + i * step, i))
}
