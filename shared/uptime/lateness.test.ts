import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../time.ts'
import { Punctuality } from './lateness.ts'

const noon = 1_000_000 * HOUR

test('a whole minute is told in the next one: how many checks began, how many late, the longest wait of both', () => {
  const p = new Punctuality([])
  p.began(10, noon)
  p.began(1500, noon + 1)
  expect(p.gauges(noon + 2)).toEqual({ lag_ms: 1500, begun: 0, late: 0, lost: 0 })
  p.began(20, noon + MINUTE)
  expect(p.gauges(noon + MINUTE)).toEqual({ lag_ms: 1500, begun: 2, late: 1, lost: 0 })
  expect(p.gauges(noon + 2 * MINUTE)).toEqual({ lag_ms: 20, begun: 1, late: 0, lost: 0 })
})

test('after a silence longer than a minute nothing is said of the time before it', () => {
  const p = new Punctuality([])
  p.began(9000, noon)
  expect(p.gauges(noon + 5 * MINUTE)).toEqual({ lag_ms: 0, begun: 0, late: 0, lost: 0 })
})

test('what was lost counts for 24 hours, also after a restart', () => {
  const p = new Punctuality([])
  p.lose(2, noon)
  p.lose(3, noon + MINUTE)
  p.lose(1, noon + HOUR)
  expect(p.gauges(noon + HOUR).lost).toBe(6)
  const restarted = new Punctuality(p.lost)
  expect(restarted.gauges(noon + 23 * HOUR).lost).toBe(6)
  expect(restarted.gauges(noon + 24 * HOUR).lost).toBe(1)
  expect(restarted.gauges(noon + 25 * HOUR).lost).toBe(0)
  restarted.lose(1, noon + 25 * HOUR)
  expect(restarted.lost).toHaveLength(1)
})
