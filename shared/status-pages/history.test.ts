import { describe, expect, test } from 'vitest'
import { HOUR } from '../time.ts'
import type { StateChange, Stretch } from '../uptime/availability.ts'
import { type Bar, dailyBars, percent, type Said, withHead } from './history.ts'
import { daysUpTo } from './zone.ts'

const AT = Date.UTC(2026, 10, 23, 12)

test('the head knows of a change before ClickHouse does', () => {
  const head = { status: 'down' as const, incident_id: 'i', status_since: AT - HOUR }
  const up: StateChange = { at: AT - 10 * HOUR, state: 'up', incident: null }
  const down: StateChange = { at: AT - HOUR, state: 'down', incident: 'i' }
  expect(withHead([up], head)).toEqual([up, down])
  expect(withHead([], head)).toEqual([down])
  expect(withHead([up, down], head)).toEqual([up, down])
  // older than the last change, in doubt, or nothing new
  expect(withHead([up], { ...head, status_since: AT - 20 * HOUR })).toEqual([up])
  expect(withHead([up], { ...head, status: 'validating' })).toEqual([up])
  expect(withHead([up], { ...head, status: 'up', incident_id: null })).toEqual([up])
  expect(withHead([up], null)).toEqual([up])
})

describe('bars', () => {
  const days = daysUpTo(AT, 'UTC', 3)
  const s = (kind: Stretch['kind'], from: number, to: number): Stretch => ({
    kind,
    from: AT - from * HOUR,
    to: AT - to * HOUR,
    incident: null,
  })
  const said = (status: Said['status'], from: number, to: number): Said => ({ status, from: AT - from * HOUR, to: AT - to * HOUR })
  test.each<[string, Stretch[], Said[], Bar[]]>([
    ['nothing measured', [], [], ['none', 'none', 'none']],
    ['up since yesterday', [s('up', 20, 0)], [], ['none', 'up', 'up']],
    ['down over midnight', [s('up', 60, 13), s('down', 13, 11), s('up', 11, 0)], [], ['up', 'down', 'down']],
    ['down until exactly midnight', [s('up', 60, 13), s('down', 13, 12), s('up', 12, 0)], [], ['up', 'down', 'up']],
    ['maintenance in an hour of today', [s('up', 60, 2), s('maintenance', 2, 1), s('up', 1, 0)], [], ['up', 'up', 'maintenance']],
    ['paused all day', [s('paused', 60, 0)], [], ['none', 'none', 'none']],
    ['said to be degraded while up', [s('up', 60, 0)], [said('degraded', 2, 1)], ['up', 'up', 'degraded']],
    ['said to be fine while down', [s('down', 60, 0)], [said('operational', 60, 0)], ['down', 'down', 'down']],
    ['said to be down while up', [s('up', 60, 0)], [said('downtime', 2, 1)], ['up', 'up', 'down']],
    ['planned work while up', [s('up', 60, 0)], [said('maintenance', 30, 29)], ['up', 'maintenance', 'up']],
  ])('%s', (_, stretches, words, bars) => expect(dailyBars(stretches, words, days)).toEqual(bars))
})

test.each([
  [1, '100 %'],
  [0.99957, '99.957 %'],
  [0.9999999, '99.999 %'],
  [0.99, '99.000 %'],
  [0, '0.000 %'],
])('%d is said as %s', (share, text) => expect(percent(share)).toBe(text))
