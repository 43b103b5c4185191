import { expect, test } from 'vitest'
import { type Before, gate, storm } from './storm.ts'

const s = (seconds: number) => seconds * 1000
const T = Date.UTC(2026, 10, 23)
const fresh: Before = { sentAt: 0, spent: 0 }

/** How many of `n` pages at once pass, one contact each. */
function passing(channel: 'sms' | 'voice', critical: boolean, n: number, at = T, spent = 0) {
  let passed = 0
  let until = 0
  for (let i = 0; i < n; i++) {
    const g = gate(channel, critical, { sentAt: 0, spent }, at)
    if (g.pass) {
      passed++
      spent = g.spent
    } else until = g.until
  }
  return { passed, spent, until }
}

test('a phone is rung once in its window, whatever happens, and then again', () => {
  expect(gate('voice', true, fresh, T).pass).toBe(true)
  expect(gate('voice', true, { sentAt: T, spent: 0 }, T + s(60) - 1)).toMatchObject({ pass: false, until: T + s(60) })
  expect(gate('voice', true, { sentAt: T, spent: 0 }, T + s(60)).pass).toBe(true)
})

test('mail and webhooks are one message a page', () => {
  for (const channel of ['email', 'webhook'] as const) expect(gate(channel, false, { sentAt: T, spent: 0 }, T).pass).toBe(true)
})

test('what is not critical leaves the reserve to what is', () => {
  const { burst, reserve } = storm.sms.limit!
  const calm = passing('sms', false, 200)
  expect(calm.passed).toBe(burst - reserve)
  expect(passing('sms', true, 200, T, calm.spent).passed).toBe(reserve)
})

test('what is held is told the very instant at which it may leave', () => {
  const { spent, until } = passing('voice', true, 100)
  expect(until).toBeGreaterThan(T)
  expect(gate('voice', true, { sentAt: 0, spent }, until - 1).pass).toBe(false)
  expect(gate('voice', true, { sentAt: 0, spent }, until).pass).toBe(true)
})

test('an account that was full is empty again after its burst’s time', () => {
  const { spent } = passing('sms', true, 100)
  expect(passing('sms', true, 100, T + s(60), spent).passed).toBe(60)
})

test('a page held for its limit says so', () => {
  const { spent } = passing('voice', true, 100)
  expect(gate('voice', true, { sentAt: 0, spent }, T)).toMatchObject({ why: expect.stringContaining('20 a minute') })
})
