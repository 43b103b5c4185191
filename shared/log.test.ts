import { DrizzleQueryError } from 'drizzle-orm/errors'
import { expect, test } from 'vitest'
import { reason } from './log.ts'

test('a failed query is told without its parameters, wherever they stand in the stack', () => {
  const told = reason(new DrizzleQueryError('insert into session values (?)', ['s3cret-token\n    at x'], new Error('D1_ERROR: disk')))
  expect(told).toMatch(/^Failed query: insert into session values \(\?\): D1_ERROR: disk\n {4}at /)
  expect(told).not.toContain('s3cret')
})

test('any other error is told with its stack, at most 2,000 characters of it', () => {
  expect(reason(new Error('broken'))).toMatch(/^Error: broken\n {4}at /)
  expect(reason(new Error('x'.repeat(9000)))).toHaveLength(2000)
  expect(reason('text')).toBe('text')
})
