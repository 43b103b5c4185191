import { Boxed, Bytes, compareBytes, Exhausted, Float, field, Long, Timestamp, type Value } from './value.ts'

/** Arrays and objects that one comparison, copy or print may visit: shared ones can spell out exponentially large trees. */
export const nodesMax = 200_000

/** Counts a visit. */
export function visit(budget: { left: number }): void {
  if (--budget.left < 0) throw new Exhausted('a value is too large to be compared or printed')
}

/** Structural equality: 1 and 1.0 differ. */
export function equal(a: Value, b: Value, budget = { left: nodesMax }): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  visit(budget)
  if (a instanceof Boxed || b instanceof Boxed) return equalBoxed(a, b)
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => equal(x, b[i]!, budget))
  }
  let n = 0
  for (const k of Object.keys(a)) {
    const x = a[k]
    if (x === undefined) continue
    const y = field(b, k)
    if (y === undefined || !equal(x, y, budget)) return false
    n++
  }
  for (const k of Object.keys(b)) if (b[k] !== undefined) n--
  return n === 0
}

function equalBoxed(a: Value, b: Value): boolean {
  if (a instanceof Float) return b instanceof Float && a.n === b.n
  if (a instanceof Long) return b instanceof Long && a.big === b.big
  if (a instanceof Timestamp) return b instanceof Timestamp && a.ms === b.ms && a.ns === b.ns
  if (a instanceof Bytes) return b instanceof Bytes && compareBytes(a.bytes, b.bytes) === 0
  if (!(a instanceof Boxed) || !(b instanceof Boxed)) return false
  return a.constructor === b.constructor && a.toJSON() === b.toJSON()
}
