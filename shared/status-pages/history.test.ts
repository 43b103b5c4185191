import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '../time.ts'
import { availabilityOf, type Bar, type Change, dailyBars, percent, type Said, type Stretch, stretchesOf } from './history.ts'
import { daysUpTo } from './zone.ts'

const AT = Date.UTC(2026, 10, 23, 12)
const change = (hoursAgo: number, state: string, incident = ''): Change => ({ at: AT - hoursAgo * HOUR, state, incident })
const told = (s: Stretch[]) => s.map((x) => `${x.state} ${(AT - x.from) / HOUR}..${(AT - x.to) / HOUR}`)

describe('stretches', () => {
  test('each change lasts to the next, the last to now, and nothing lies before the beginning', () => {
    expect(told(stretchesOf([change(50, 'up'), change(10, 'down', 'i'), change(9, 'up')], null, AT - 24 * HOUR, AT))).toEqual([
      'up 24..10',
      'down 10..9',
      'up 9..0',
    ])
  })
  test('time before the first change is not told as anything', () => {
    expect(told(stretchesOf([change(3, 'pending'), change(2, 'up')], null, AT - 24 * HOUR, AT))).toEqual(['unknown 3..2', 'up 2..0'])
    expect(stretchesOf([], null, AT - DAY, AT)).toEqual([])
  })
  test('the head knows of a change before ClickHouse does', () => {
    const head = { status: 'down' as const, incident_id: 'i', status_since: AT - HOUR }
    expect(stretchesOf([change(10, 'up')], head, AT - DAY, AT).at(-1)).toEqual({ from: AT - HOUR, to: AT, state: 'down', incident: 'i' })
    expect(told(stretchesOf([change(10, 'up'), change(1, 'down', 'i')], head, AT - DAY, AT))).toEqual(['up 10..1', 'down 1..0'])
  })
  test('a head that is older than the last change, or in doubt, changes nothing', () => {
    const rows = [change(10, 'up')]
    expect(told(stretchesOf(rows, { status: 'down', incident_id: 'i', status_since: AT - 20 * HOUR }, AT - DAY, AT))).toEqual(['up 10..0'])
    expect(told(stretchesOf(rows, { status: 'validating', incident_id: null, status_since: AT - HOUR }, AT - DAY, AT))).toEqual([
      'up 10..0',
    ])
  })
  test('the same state told twice is one stretch', () => {
    expect(told(stretchesOf([change(5, 'up'), change(4, 'up'), change(3, 'paused'), change(2, 'pending')], null, AT - DAY, AT))).toEqual([
      'up 5..3',
      'unknown 3..0',
    ])
  })
})

describe('bars', () => {
  const days = daysUpTo(AT, 'UTC', 3)
  const s = (state: Stretch['state'], from: number, to: number): Stretch => ({
    state,
    from: AT - from * HOUR,
    to: AT - to * HOUR,
    incident: '',
  })
  const said = (status: Said['status'], from: number, to: number): Said => ({ status, from: AT - from * HOUR, to: AT - to * HOUR })
  test.each<[string, Stretch[], Said[], Bar[]]>([
    ['nothing measured', [], [], ['none', 'none', 'none']],
    ['up since yesterday', [s('up', 20, 0)], [], ['none', 'up', 'up']],
    ['down over midnight', [s('up', 60, 13), s('down', 13, 11), s('up', 11, 0)], [], ['up', 'down', 'down']],
    ['down until exactly midnight', [s('up', 60, 13), s('down', 13, 12), s('up', 12, 0)], [], ['up', 'down', 'up']],
    ['maintenance in an hour of today', [s('up', 60, 2), s('maintenance', 2, 1), s('up', 1, 0)], [], ['up', 'up', 'maintenance']],
    ['paused all day', [s('unknown', 60, 0)], [], ['none', 'none', 'none']],
    ['said to be degraded while up', [s('up', 60, 0)], [said('degraded', 2, 1)], ['up', 'up', 'degraded']],
    ['said to be fine while down', [s('down', 60, 0)], [said('operational', 60, 0)], ['down', 'down', 'down']],
    ['said to be down while up', [s('up', 60, 0)], [said('downtime', 2, 1)], ['up', 'up', 'down']],
    ['planned work while up', [s('up', 60, 0)], [said('maintenance', 30, 29)], ['up', 'maintenance', 'up']],
  ])('%s', (_, stretches, words, bars) => expect(dailyBars(stretches, words, days)).toEqual(bars))
})

test('availability is the share of observed time, and is null when nothing was observed', () => {
  const s = (state: Stretch['state'], ms: number): Stretch => ({ state, from: 0, to: ms, incident: '' })
  expect(availabilityOf([])).toBe(null)
  expect(availabilityOf([s('unknown', 9), s('maintenance', 9)])).toBe(null)
  expect(availabilityOf([s('up', 99), s('down', 1), s('maintenance', 900), s('unknown', 900)])).toBe(0.99)
})

test.each([
  [1, '100 %'],
  [0.99957, '99.957 %'],
  [0.9999999, '99.999 %'],
  [0.99, '99.000 %'],
  [0, '0.000 %'],
])('%d is said as %s', (share, text) => expect(percent(share)).toBe(text))
