/** Index of the best of values[from, to); a NaN gives way to anything. */
export function extremeAt(values: Float64Array, from: number, to: number, better: (value: number, best: number) => boolean): number {
  let at = from
  let best = values[from] as number
  for (let i = from + 1; i < to; i++) {
    const value = values[i] as number
    if (!better(value, best) && !Number.isNaN(best)) continue
    at = i
    best = value
  }
  return at
}
