import { expect, test } from 'vitest'
import { hoursOf } from './hours.ts'

const now = Date.parse('2026-11-23T14:30:00Z')
const at = (hoursAgo: number) => new Date(now - hoursAgo * 3_600_000).toISOString()
const downAt = (...incidents: Parameters<typeof hoursOf>[0]) => hoursOf(incidents, now, 0).flatMap((h, i) => (h === 'down' ? [i] : []))

test('an open incident marks its hours up to now', () => {
  expect(downAt({ started_at: at(1.5), resolved_at: null, monitor_id: 'm' })).toEqual([22, 23])
})

test('a resolved one marks the hours it was open in, and nothing before the day', () => {
  expect(downAt({ started_at: at(30), resolved_at: at(23.5), monitor_id: 'm' })).toEqual([0])
  expect(downAt({ started_at: at(30), resolved_at: at(25), monitor_id: 'm' })).toEqual([])
})

test('what a person declared says nothing about monitors', () => {
  expect(downAt({ started_at: at(1), resolved_at: null, monitor_id: null })).toEqual([])
})

test('hours before the first monitor was made are neither good nor bad', () => {
  const hours = hoursOf([], now, now - 2.5 * 3_600_000)
  expect(hours.slice(0, 21)).toEqual(Array(21).fill('none'))
  expect(hours.slice(21)).toEqual(['up', 'up', 'up'])
})
