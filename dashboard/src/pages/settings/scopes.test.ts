import { expect, test } from 'vitest'
import { expiry, has, type Scope, toggle } from './scopes.ts'

test('writing includes reading: one scope a noun, the wider one', () => {
  const read = toggle([], 'uptime', 'read')
  expect(read).toEqual(['uptime:read'])
  expect(toggle(read, 'uptime', 'write')).toEqual(['uptime:write'])
  expect(has(['uptime:write'], 'uptime', 'read')).toBe(true)
})

test('taking writing away leaves reading, taking reading away leaves nothing', () => {
  expect(toggle(['uptime:write'], 'uptime', 'write')).toEqual(['uptime:read'])
  expect(toggle(['uptime:write'], 'uptime', 'read')).toEqual([])
})

test('other nouns are left alone', () => {
  const both: Scope[] = ['incidents:write', 'uptime:read']
  expect(toggle(both, 'uptime', 'read')).toEqual(['incidents:write'])
  expect(has(both, 'oncall', 'read')).toBe(false)
})

test('a key ends days from now, or never', () => {
  expect(expiry('90', Date.UTC(2026, 10, 23))).toBe('2027-02-21T00:00:00.000Z')
  expect(expiry('', 0)).toBe(null)
})
