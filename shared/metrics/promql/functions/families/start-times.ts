/**
 * Whether the start timestamp of sample `i` says that the counter was reset since the sample before. A start at the sample
 * before is how deltas are written, unless that sample's own start is unknown (0, or its own time, or after it).
 */
export function startTellsReset(starts: Float64Array, times: Float64Array, i: number): boolean {
  const start = starts[i] as number
  const before = times[i - 1] as number
  if (start === 0 || start >= (times[i] as number) || start < before) return false
  if (start > before) return true
  const startBefore = starts[i - 1] as number
  return startBefore !== 0 && startBefore < before
}

/** A sample that claims to have started before the previous sample, yet not when that one started. */
export function startOverlaps(starts: Float64Array, times: Float64Array, i: number): boolean {
  const start = starts[i] as number
  return start !== 0 && start < (times[i - 1] as number) && start !== starts[i - 1]
}
