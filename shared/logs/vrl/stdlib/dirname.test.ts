import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { dirname } from './dirname.ts'

test.each([
  ['dirname!("/var/log/app.log")', '"/var/log"'],
  ['dirname!("app.log")', '"."'],
  ['dirname!("/")', '"/"'],
])('%s', (source, expected) => {
  expect(evaluate([dirname], source)).toBe(expected)
})
