/** One step of Neumaier's compensated sum: the new sum and its compensation. An infinite sum has none. */
export function kahanAdd(term: number, sum: number, compensation: number): [sum: number, compensation: number] {
  const total = sum + term
  if (total === Number.POSITIVE_INFINITY || total === Number.NEGATIVE_INFINITY) return [total, 0]
  const lost = Math.abs(sum) >= Math.abs(term) ? sum - total + term : term - total + sum
  return [total, compensation + lost]
}
