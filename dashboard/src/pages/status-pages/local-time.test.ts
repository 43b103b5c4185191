import { expect, test } from 'vitest'
import { fromLocal, toLocal } from './local-time.ts'

const iso = (text: string, zone: string) => {
  const at = fromLocal(text, zone)
  return at === null ? null : new Date(at).toISOString()
}

test('a wall clock is read in its zone, winter and summer', () => {
  expect(iso('2026-11-23T14:13', 'Europe/Paris')).toBe('2026-11-23T13:13:00.000Z')
  expect(iso('2026-07-01T14:13', 'Europe/Paris')).toBe('2026-07-01T12:13:00.000Z')
  expect(iso('2026-11-23T14:13', 'Asia/Kolkata')).toBe('2026-11-23T08:43:00.000Z')
  expect(iso('2026-11-23T14:13', 'UTC')).toBe('2026-11-23T14:13:00.000Z')
})

test('a repeated hour is its first one, a skipped hour the first instant after the jump', () => {
  expect(iso('2026-10-25T02:30', 'Europe/Paris')).toBe('2026-10-25T00:30:00.000Z')
  expect(iso('2026-03-29T02:30', 'Europe/Paris')).toBe('2026-03-29T01:30:00.000Z')
})

test('there and back is the same, every half hour over both changes of clock', () => {
  for (const start of ['2026-03-28T00:00Z', '2026-10-24T00:00Z'])
    for (let at = Date.parse(start); at < Date.parse(start) + 3 * 86_400_000; at += 1_800_000) {
      const again = fromLocal(toLocal(at, 'America/New_York'), 'America/New_York')!
      expect(toLocal(again, 'America/New_York')).toBe(toLocal(at, 'America/New_York'))
    }
})

test('what is no date is null', () => {
  for (const text of ['', '14:50', '2026-11-23', '2026-13-99T14:13']) expect(iso(text, 'Europe/Paris'), text).toBe(null)
})
