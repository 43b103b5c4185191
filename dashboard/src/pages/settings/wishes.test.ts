import { expect, test } from 'vitest'
import { afterWords, wishesInput, wishesOf, wishFindings } from './wishes.ts'

const body = {
  timezone: 'Europe/Paris',
  quiet_hours: [{ days: ['sat', 'sun'], from: '22:00', to: '08:00' }],
  rules: [{ urgency_id: 'u1', contact_method_id: 'c1', after_minutes: 5 }],
  effective: [],
}

test('what was read is what is sent when nothing was changed', () => {
  const { rules, quiet_hours } = body
  expect(wishesInput(wishesOf(body))).toEqual({ rules, quiet_hours })
  expect(wishesInput(wishesOf({ ...body, quiet_hours: [] }))).toEqual({ rules, quiet_hours: [] })
})

test('minutes that are none, and quiet hours on no day, are said where they stand', () => {
  const wishes = wishesOf(body)
  for (const minutes of ['', 'soon', '-1', '1441'])
    expect(wishFindings({ ...wishes, rules: [{ ...wishes.rules[0]!, minutes }] })).toEqual({ 0: expect.any(String) })
  expect(wishFindings({ ...wishes, quiet: { days: [], from: '22:00', to: '08:00' } })).toEqual({ quiet: expect.any(String) })
  expect(wishFindings(wishes)).toEqual({})
})

test('waits in words', () => {
  expect([0, 5].map(afterWords)).toEqual(['at once', 'after 5 min'])
})
