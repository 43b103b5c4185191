import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../time.ts'
import { afterTry, TRIES_MAX } from './tries.ts'

const answer = (status: number | null, retryAfter: number | null = null) => ({ status, retryAfter })

test('twelve tries with growing waits over about a day, then it is given up', () => {
  const waits: number[] = []
  for (let tries = 1; tries < TRIES_MAX; tries++) {
    const next = afterTry(tries, answer(500), 0)
    if (typeof next === 'string') throw new Error(next)
    waits.push(next.again)
  }
  expect(TRIES_MAX).toBe(12)
  expect(waits).toEqual([...waits].sort((a, b) => a - b))
  const total = waits.reduce((a, b) => a + b)
  expect(total).toBeGreaterThan(0.95 * DAY)
  expect(total).toBeLessThan(1.05 * DAY)
  expect(afterTry(12, answer(500), 0)).toBe('given-up')
})

test.each([
  [200, 'delivered'],
  [204, 'delivered'],
  [299, 'delivered'],
  [410, 'gone'],
] as const)('%s is %s', (status, what) => {
  expect(afterTry(1, answer(status), 0)).toBe(what)
})

test.each([199, 301, 302, 304, 400, 401, 404, 429, 500, 503, null])('%s is tried again', (status) => {
  expect(afterTry(1, answer(status), 1000)).toEqual({ again: 1000 + 5 * SECOND })
})

test('a pause the endpoint asks for is kept, up to an hour, and never shortens the wait', () => {
  expect(afterTry(1, answer(429, 120), 0)).toEqual({ again: 2 * MINUTE })
  expect(afterTry(1, answer(503, 999_999), 0)).toEqual({ again: HOUR })
  expect(afterTry(9, answer(503, 1), 0)).toEqual({ again: 4 * HOUR })
  for (const absurd of [Number.NaN, -5, Number.NEGATIVE_INFINITY])
    expect(afterTry(1, answer(503, absurd), 0)).toEqual({ again: 5 * SECOND })
})
