import { expect, test } from 'vitest'
import { HOUR } from '../../shared/time.ts'
import { fallbackOf, fromLive, rangeOf, shifted, stepOf } from './range.ts'

const now = Date.parse('2026-11-23T14:00:00Z')

test('an address without a range, or with nonsense, is the last six hours', () => {
  for (const from of ['', '-0h', '6h', '-6y', 'x', '2026-11-23T14:00:00Z'])
    expect(rangeOf(from, '', now)).toEqual({ from: now - 6 * HOUR, to: now, live: '6h' })
})

test('a range that is said backwards is not a range', () => {
  expect(rangeOf('2026-11-23T14:00:00Z', '2026-11-23T13:00:00Z', now).live).toBe('6h')
})

test('a live range survives the address', () => {
  expect(rangeOf(fromLive('30d').from, fromLive('30d').to, now)).toMatchObject({ live: '30d', to: now })
  expect(fromLive('6h')).toEqual({ from: '', to: '' })
})

test('earlier stands still, later comes back to now', () => {
  const earlier = shifted(rangeOf('-1h', '', now), -1, now)
  expect(earlier).toEqual({ from: '2026-11-23T12:00:00.000Z', to: '2026-11-23T13:00:00.000Z' })
  expect(shifted(rangeOf(earlier.from, earlier.to, now), 1, now)).toEqual({ from: '-1h', to: '' })
})

test('a step is a whole number of turns of one region, so that a line has no holes of our own making', () => {
  expect(stepOf(rangeOf('-1h', '', now), 700, 30, 4)).toBe(120)
  expect(stepOf(rangeOf('-24h', '', now), 700, 10, 4) % 40).toBe(0)
  expect((30 * 86_400) / stepOf(rangeOf('-30d', '', now), 700, 30, 4)).toBeLessThan(700)
})

test('a young object is shown over its last hour until somebody asks for more', () => {
  const young = fallbackOf('2026-11-23T13:40:00Z', now)
  expect(rangeOf('', '', now, young).live).toBe('1h')
  expect(fromLive('6h', young)).toEqual({ from: '-6h', to: '' })
  expect(fallbackOf('2026-11-20T13:40:00Z', now)).toBe('6h')
})
