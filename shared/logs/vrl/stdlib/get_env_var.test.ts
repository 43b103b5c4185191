import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { get_env_var } from './get_env_var.ts'

test.each([
  ['get_env_var!("REGION")', '"eu"'],
  ['get_env_var!("NOT_SET")', 'error: environment variable not found'],
])('%s', (source, expected) => {
  expect(evaluate([get_env_var], source, { context: { env: { REGION: 'eu' } } })).toBe(expected)
})
