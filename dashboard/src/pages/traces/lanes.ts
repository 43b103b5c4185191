type Barred = { depth: number; offset_ms: number; duration_ms: number }

/**
 * A level for each bar of a flame view, in the order of the spans: below its parent's, and where nothing else stands at that time.
 * Spans come in tree order with their depth. `count` is how many levels there are.
 */
export function lanesOf(spans: readonly Barred[]): { lanes: number[]; count: number } {
  const parents: number[] = []
  const parentOf = spans.map(({ depth }, i) => {
    parents.length = depth
    const parent = parents[depth - 1] ?? -1
    parents[depth] = i
    return parent
  })
  const lanes: number[] = new Array(spans.length).fill(0)
  const ends: number[] = []
  // by time: a level is free again where its last bar has ended
  const order = spans.map((_, i) => i).sort((a, b) => spans[a]!.offset_ms - spans[b]!.offset_ms || a - b)
  for (const i of order) {
    const { offset_ms, duration_ms } = spans[i]!
    const parent = parentOf[i]!
    let lane = parent < 0 ? 0 : lanes[parent]! + 1
    while ((ends[lane] ?? Number.NEGATIVE_INFINITY) > offset_ms) lane += 1
    lanes[i] = lane
    while (ends.length < lane) ends.push(Number.NEGATIVE_INFINITY)
    ends[lane] = offset_ms + duration_ms
  }
  return { lanes, count: Math.max(1, ends.length) }
}
