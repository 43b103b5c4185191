import { expect, test } from 'vitest'
import { appended, clockMs, idOf, jsonOf, KEPT, restOf } from './lines.ts'
import type { LogRow } from './wire.ts'

const row = (more = {}) => ({
  timestamp: '2026-11-23T13:13:56.190123456Z',
  level: 'error',
  message: 'PoolTimeout',
  service: 'checkout',
  trace_id: '',
  span_id: '',
  source_id: 's',
  attributes: { status: '503', region: 'lhr' },
  ...more,
})

test('a line is named by its instant and what it says', () => {
  expect(idOf(row())).toBe(idOf(row()))
  expect(idOf(row())).toMatch(/^2026-11-23T13:13:56.190123456Z~[a-z0-9]+$/)
  expect(idOf(row({ message: 'other' }))).not.toBe(idOf(row()))
  expect(idOf(row({ attributes: { status: '504' } }))).not.toBe(idOf(row()))
})

test('the clock shows the zone and milliseconds, cut and never rounded up', () => {
  expect(clockMs('2026-11-23T13:13:56.190999999Z', 'Europe/Paris')).toBe('14:13:56.190')
  expect(clockMs('2026-11-23T13:13:56Z', 'UTC')).toBe('13:13:56.000')
  expect(clockMs('2026-11-23T13:13:56.5Z', 'UTC')).toBe('13:13:56.500')
})

test('attributes stand behind the message, a huge one is cut', () => {
  expect(restOf(row())).toBe('status=503 region=lhr')
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, 'v'.repeat(100)]))
  expect(restOf(row({ attributes: many })).length).toBeLessThan(1000)
})

test('a line copied is one line of JSON', () => {
  expect(JSON.parse(jsonOf(row({ message: 'a\nb' })))).toMatchObject({ message: 'a\nb', status: '503' })
  expect(jsonOf(row({ message: 'a\nb' }))).not.toContain('\n')
})

test('a tail of any length keeps the newest lines in order', () => {
  let shown: LogRow[] = []
  for (let i = 0; i < 300; i++)
    shown = appended(
      shown,
      Array.from({ length: 100 }, (_, k) => row({ message: String(i * 100 + k) })),
    )
  expect(shown.length).toBeGreaterThanOrEqual(KEPT)
  expect(shown.length).toBeLessThanOrEqual(KEPT * 1.2)
  expect(shown.at(-1)!.message).toBe('29999')
  expect(Number(shown[0]!.message)).toBe(30_000 - shown.length)
})
