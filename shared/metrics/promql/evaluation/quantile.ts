/** The φ-quantile of values, weighted between neighbours; sorts them in place, NaN lowest. φ outside [0, 1] gives ∓Inf. */
export function quantile(phi: number, values: Float64Array): number {
  if (values.length === 0 || Number.isNaN(phi)) return Number.NaN
  if (phi < 0) return Number.NEGATIVE_INFINITY
  if (phi > 1) return Number.POSITIVE_INFINITY
  sortNaNFirst(values)
  const rank = phi * (values.length - 1)
  const lower = Math.max(0, Math.floor(rank))
  const upper = Math.min(values.length - 1, lower + 1)
  const weight = rank - Math.floor(rank)
  return (values[lower] as number) * (1 - weight) + (values[upper] as number) * weight
}

/** Typed arrays sort NaN last, and are slow to sort when short. */
function sortNaNFirst(values: Float64Array): void {
  if (values.length <= 40) {
    insertionSort(values)
    return
  }
  values.sort()
  let numbers = values.length
  while (numbers > 0 && Number.isNaN(values[numbers - 1])) numbers--
  const nan = values.length - numbers
  if (nan === 0) return
  values.copyWithin(nan, 0, numbers)
  values.fill(Number.NaN, 0, nan)
}

function insertionSort(values: Float64Array): void {
  for (let i = 1; i < values.length; i++) {
    const value = values[i] as number
    let at = i
    while (at > 0 && ((values[at - 1] as number) > value || (Number.isNaN(value) && !Number.isNaN(values[at - 1])))) {
      values[at] = values[at - 1] as number
      at--
    }
    values[at] = value
  }
}
