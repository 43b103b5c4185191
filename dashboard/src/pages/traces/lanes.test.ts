import { expect, test } from 'vitest'
import { lanesOf } from './lanes.ts'

const span = (depth: number, offset_ms: number, duration_ms: number) => ({ depth, offset_ms, duration_ms })

test('a child stands under its parent, one after another on one level', () => {
  expect(lanesOf([span(0, 0, 100), span(1, 0, 30), span(2, 5, 10), span(1, 40, 60)])).toEqual({ lanes: [0, 1, 2, 1], count: 3 })
})

test('what runs at the same time never covers another', () => {
  const spans = [span(0, 0, 100), span(1, 10, 50), span(1, 20, 50), span(1, 30, 50), span(1, 80, 10)]
  expect(lanesOf(spans)).toEqual({ lanes: [0, 1, 2, 3, 1], count: 4 })
})

test('a child that outlives its parent pushes down what comes after', () => {
  expect(lanesOf([span(0, 0, 10), span(1, 5, 50), span(0, 20, 10), span(1, 21, 5)]).lanes).toEqual([0, 1, 0, 2])
})

test('nothing is drawn over anything else, whatever the spans', () => {
  let seed = 7
  const random = (n: number) => {
    seed = (seed * 16807) % 2147483647
    return seed % n
  }
  let depth = 0
  const spans = Array.from({ length: 400 }, (_, i) => {
    depth = i === 0 ? 0 : Math.min(depth + 1, random(6))
    return span(depth, random(1000), random(100))
  })
  const { lanes, count } = lanesOf(spans)
  expect(Math.max(...lanes)).toBeLessThan(count)
  for (const [i, a] of spans.entries())
    for (const [k, b] of spans.entries())
      if (i < k && lanes[i] === lanes[k])
        expect(a.offset_ms + a.duration_ms <= b.offset_ms || b.offset_ms + b.duration_ms <= a.offset_ms).toBe(true)
})
