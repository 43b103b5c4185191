import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../time.ts'
import { type Status, statuses } from './attributes.ts'
import { availabilityOf, dailyBars, hourlyBars, type StateChange, stretches } from './availability.ts'

const c = (seconds: number, state: Status, incident: string | null = null): StateChange => ({ at: seconds * 1000, state, incident })
const f = (changes: StateChange[], from: number, to: number) => availabilityOf(changes, from * 1000, to * 1000)

test.each<[string, StateChange[], number, number, ReturnType<typeof f>]>([
  ['nothing known is all excluded', [], 0, 100, { availability: null, up_seconds: 0, down_seconds: 0, excluded_seconds: 100, incidents: 0 }],
  ['what held before counts from the beginning', [c(-50, 'up')], 0, 100, { availability: 1, up_seconds: 100, down_seconds: 0, excluded_seconds: 0, incidents: 0 }],
  ['down is down', [c(-50, 'up'), c(20, 'down', 'i'), c(45, 'up')], 0, 100, { availability: 0.75, up_seconds: 75, down_seconds: 25, excluded_seconds: 0, incidents: 1 }],
  ['while a round is open the verdict before stands, either way', [c(0, 'up'), c(10, 'validating'), c(20, 'down', 'i'), c(40, 'validating', 'i'), c(50, 'up')], 0, 100, { availability: 0.7, up_seconds: 70, down_seconds: 30, excluded_seconds: 0, incidents: 1 }],
  ['a doubt that came to nothing costs nothing', [c(0, 'up'), c(10, 'validating'), c(20, 'up')], 0, 100, { availability: 1, up_seconds: 100, down_seconds: 0, excluded_seconds: 0, incidents: 0 }],
  ['maintenance, pauses and unobserved time are excluded and counted', [c(0, 'up'), c(10, 'maintenance'), c(20, 'up'), c(30, 'paused'), c(40, 'pending'), c(50, 'up')], 0, 100, { availability: 1, up_seconds: 70, down_seconds: 0, excluded_seconds: 30, incidents: 0 }],
  ['before the first change nobody looked', [c(60, 'pending'), c(61, 'up')], 0, 100, { availability: 1, up_seconds: 39, down_seconds: 0, excluded_seconds: 61, incidents: 0 }],
  ['an incident that began before counts in it', [c(-10, 'down', 'a'), c(10, 'up'), c(20, 'down', 'b'), c(30, 'up'), c(40, 'down', 'b')], 0, 50, { availability: 0.4, up_seconds: 20, down_seconds: 30, excluded_seconds: 0, incidents: 2 }],
  ['changes after the end do not matter', [c(0, 'up'), c(100, 'down', 'i')], 0, 100, { availability: 1, up_seconds: 100, down_seconds: 0, excluded_seconds: 0, incidents: 0 }],
])('%s', (_, changes, from, to, expected) => expect(f(changes, from, to)).toEqual(expected)) // biome-ignore format: a table

test('one second down in a month is never rounded to 100 %', () => {
  expect(f([c(0, 'up'), c(10, 'down', 'i'), c(11, 'up')], 0, 30 * 86_400).availability).toBeLessThan(1)
})

test('stretches have no gaps and no overlaps, and their seconds add up, for all changes there can be', () => {
  const change = fc.record({
    at: fc.integer({ min: -50, max: 150 }),
    state: fc.constantFrom(...statuses),
    incident: fc.constantFrom(null, 'a', 'b'),
  })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
      const sorted = changes.sort((a, b) => a.at - b.at)
      const parts = stretches(sorted, 0, 100)
      expect(parts[0]!.from).toBe(0)
      expect(parts.at(-1)!.to).toBe(100)
      expect(parts.slice(1).map((p) => p.from)).toEqual(parts.slice(0, -1).map((p) => p.to))
      const a = availabilityOf(sorted, 0, 100)
      expect(Math.round((a.up_seconds + a.down_seconds + a.excluded_seconds) * 1000)).toBe(100)
    }),
  )
})

test('24 bars of an hour, the newest last, each as bad as its worst moment', () => {
  const at = 100 * HOUR
  const bars = hourlyBars(
    [
      { at: at - 20 * HOUR, state: 'up', incident: null },
      { at: at - 90 * MINUTE, state: 'down', incident: 'i' },
      { at: at - 89 * MINUTE, state: 'up', incident: null },
      { at: at - 30 * MINUTE, state: 'maintenance', incident: null },
    ],
    at,
  )
  expect(bars).toHaveLength(24)
  expect(bars.slice(0, 4)).toEqual(['none', 'none', 'none', 'none'])
  expect(bars.slice(-3)).toEqual(['up', 'down', 'up'])
})

test('days are those of the zone, also when they have 23 or 25 hours', () => {
  const from = Date.parse('2026-03-27T23:00:00Z')
  const to = Date.parse('2026-03-30T10:00:00Z')
  const bars = dailyBars(
    [
      { at: from - 1, state: 'up', incident: null },
      { at: Date.parse('2026-03-29T22:30:00Z'), state: 'down', incident: 'i' },
    ],
    from,
    to,
    'Europe/Paris',
  )
  expect(bars.map((b) => [b.day, b.state, b.up_seconds + b.down_seconds])).toEqual([
    ['2026-03-28', 'up', 24 * 3600],
    ['2026-03-29', 'up', 23 * 3600],
    ['2026-03-30', 'down', 12 * 3600],
  ])
  expect(
    dailyBars([], Date.parse('2026-10-24T22:00:00Z'), Date.parse('2026-10-25T23:00:00Z'), 'Europe/Paris').map((b) => b.excluded_seconds),
  ).toEqual([25 * 3600])
})
