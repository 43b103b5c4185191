import { expect, test } from 'vitest'
import { addressOf, verdictOf } from './verdict.ts'

const up = { outcome: 'up' as const, error: null, status_code: 200 }
const bad = (status_code: number | null, error: 'status' | 'timeout') => ({ outcome: 'down' as const, error, status_code })

test('a first failure is a verdict, named by what most regions saw', () => {
  expect(verdictOf([up, up, up, up], 4)).toEqual({ up: true, says: 'Up from 4 of 4 regions.' })
  expect(verdictOf([bad(503, 'status'), bad(503, 'status'), up, bad(null, 'timeout')], 4)).toEqual({
    up: false,
    says: '503 from 2 of 4 regions.',
  })
  expect(verdictOf([bad(null, 'timeout')], 4).says).toBe('Timeout from 1 of 4 regions.')
})

test('the scheme people leave out is added, another one is left to be refused', () => {
  expect([addressOf('example.com/x'), addressOf(' http://a.example '), addressOf('ftp://a'), addressOf('')]).toEqual([
    'https://example.com/x',
    'http://a.example',
    'ftp://a',
    '',
  ])
})
