import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_duration } from './parse_duration.ts'

test.each([
  ['parse_duration!("1h30m", unit: "s")', '5400.0'],
  ['parse_duration!("250us", unit: "ms")', '0.25'],
  ['parse_duration!("5 fortnights", unit: "s")', `error: unknown duration unit: 'fo'`],
])('%s', (source, expected) => {
  expect(evaluate([parse_duration], source)).toBe(expected)
})
