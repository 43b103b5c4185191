import { expect, test } from 'vitest'
import type { DeliveryBody } from '../../../../shared/integrations/schema.ts'
import { health, lastDay, medianMs, outcome, tries } from './delivery.ts'

const now = Date.parse('2026-11-23T13:31:20Z')
const attempt = (status_code: number | null, duration_ms = 82, error: string | null = null, at = '2026-11-23T13:31:20Z') => ({
  at,
  status_code,
  error,
  duration_ms,
  response: null,
})
const delivery = (more: Partial<DeliveryBody>): DeliveryBody => ({
  id: 'd',
  type: 'incident.created',
  state: 'delivered',
  tries: 1,
  tries_max: 12,
  created_at: '2026-11-22T13:31:20Z',
  next_try_at: null,
  attempts: [attempt(200)],
  ...more,
})

test('what became of a delivery', () => {
  expect(outcome(delivery({}), now)).toBe('200 in 82 ms')
  expect(outcome(delivery({ state: 'pending', attempts: [attempt(500)], next_try_at: '2026-11-23T13:33:00Z' }), now)).toBe(
    '500, again in 1 m 40 s',
  )
  expect(outcome(delivery({ state: 'pending', attempts: [attempt(500)], next_try_at: '2026-11-23T13:31:00Z' }), now)).toBe('500, again now')
  expect(outcome(delivery({ state: 'pending', attempts: [], tries: 0 }), now)).toBe('being sent')
  expect(outcome(delivery({ state: 'failed', attempts: [attempt(null, 0, 'refused')] }), now)).toBe('Given up: refused')
})

test('how often it was tried', () => {
  expect(tries(delivery({}))).toBe('1')
  expect(tries(delivery({ tries: 2, attempts: [attempt(null, 15_000, 'timed out'), attempt(200)] }))).toBe('2, the first: timed out')
  expect(tries(delivery({ state: 'pending', tries: 3 }))).toBe('3 of 12')
  expect(tries(delivery({ state: 'failed', tries: 12 }))).toBe('12 in 1 d')
})

test('how an endpoint is', () => {
  const of = (enabled: boolean, why: string | null, pending: number, delivered: number, failed: number) =>
    health({ enabled, disabled_why: why, last_day: { pending, delivered, failed } }).word
  expect(of(true, null, 0, 4, 1)).toBe('Answers')
  expect(of(true, null, 1, 4, 0)).toBe('Trying again')
  expect(of(true, null, 0, 0, 2)).toBe('Does not answer')
  expect(of(true, null, 0, 0, 0)).toBe('Nothing sent yet')
  expect(of(false, null, 0, 4, 0)).toBe('Switched off')
  expect(of(false, 'failed for 5 d', 0, 0, 0)).toBe('Switched off by us')
  expect(lastDay({ delivered: 17, pending: 1, failed: 0 })).toBe('17 sent, 1 waits')
})

test('the median counts what was delivered', () => {
  expect(
    medianMs([
      delivery({ attempts: [attempt(200, 90)] }),
      delivery({ attempts: [attempt(200, 84)] }),
      delivery({ state: 'failed', attempts: [attempt(500, 9000)] }),
    ]),
  ).toBe(90)
  expect(medianMs([])).toBe(null)
})
