/** The φ-quantile of the first n values, weighted between neighbours, NaN lowest. Reorders them. φ outside [0, 1] gives ∓Inf. */
export function quantile(phi: number, values: Float64Array, n: number): number {
  if (n === 0 || Number.isNaN(phi)) return Number.NaN
  if (phi < 0) return Number.NEGATIVE_INFINITY
  if (phi > 1) return Number.POSITIVE_INFINITY
  const rank = phi * (n - 1)
  const lower = Math.floor(rank)
  const weight = rank - lower
  const numbers = nanFirst(values, n)
  const below = nth(values, lower, numbers, n)
  if (weight === 0) return below
  const above = nextAbove(values, lower, numbers, n)
  return below * (1 - weight) + above * weight
}

/** Beyond this many, sorting is about as fast as selecting, and never quadratic. */
const SELECT_MAX = 1000

/** Moves NaN to the front; gives where the numbers begin. */
function nanFirst(values: Float64Array, n: number): number {
  let at = 0
  for (let i = 0; i < n; i++) {
    const value = values[i] as number
    if (!Number.isNaN(value)) continue
    values[i] = values[at] as number
    values[at++] = value
  }
  return at
}

/** The value at a place of the ascending order; what is after it is not smaller. Hoare's selection on [from, n). */
function nth(values: Float64Array, place: number, from: number, n: number): number {
  if (place < from) return Number.NaN
  if (n > SELECT_MAX) return values.subarray(from, n).sort()[place - from] as number
  let left = from
  let right = n - 1
  while (left < right) {
    const pivot = values[place] as number
    let i = left
    let j = right
    do {
      while ((values[i] as number) < pivot) i++
      while ((values[j] as number) > pivot) j--
      if (i > j) break
      const swapped = values[i] as number
      values[i++] = values[j] as number
      values[j--] = swapped
    } while (i <= j)
    if (j < place) left = i
    if (place < i) right = j
  }
  return values[place] as number
}

/** The smallest value after `place`, once nth() has put that in order. */
function nextAbove(values: Float64Array, place: number, numbers: number, n: number): number {
  if (place + 1 < numbers) return Number.NaN
  let least = Number.POSITIVE_INFINITY
  for (let i = Math.max(place + 1, numbers); i < n; i++) least = Math.min(least, values[i] as number)
  return least
}
