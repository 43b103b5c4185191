import { expect, test } from 'vitest'
import { gapBands, incidentBands, ownGap } from './bands.ts'

const iso = (minute: number) => new Date(minute * 60_000).toISOString()
const series = (region: 'eu' | 'us', minutes: number[]) => ({
  region, p50_ms: 1, p95_ms: 1, max_ms: 1, checks: 1, failed: 0,
  points: minutes.map((m) => ({ at: iso(m), p50_ms: 1, p95_ms: 1, max_ms: 1, checks: 1, failed: 0 })),
}) // biome-ignore format: a record

test('an incident is cut to the range; an open one reaches its end; one outside is none', () => {
  const bands = incidentBands(
    [
      { team_number: 1, started_at: iso(5), resolved_at: iso(15) },
      { team_number: 2, started_at: iso(18), resolved_at: null },
      { team_number: 3, started_at: iso(1), resolved_at: iso(9) },
    ],
    10 * 60_000,
    20 * 60_000,
  )
  expect(bands.map((b) => [b.label, b.from / 60_000, b.to / 60_000])).toEqual([
    ['INC-1', 10, 15],
    ['INC-2', 18, 20],
  ])
})

test('a gap of every region is a band, a gap of one is its note', () => {
  const eu = series('eu', [0, 1, 2, 10, 11])
  const us = series('us', [0, 1, 2, 3, 4, 5, 6, 10, 11])
  expect(gapBands([eu, us], 60_000).map((b) => [b.from / 60_000, b.to / 60_000])).toEqual([[7, 10]])
  expect(gapBands([eu], 60_000)).toHaveLength(1)
  expect(ownGap(us, [eu, us], 60_000)).toBeNull()
  const as = series('us', [0, 1, 9, 10, 11])
  expect(ownGap(as, [as, series('eu', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])], 60_000)).toEqual({ from: 2 * 60_000, to: 9 * 60_000 })
})
