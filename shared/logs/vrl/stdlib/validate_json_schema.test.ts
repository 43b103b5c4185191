import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { validate_json_schema } from './validate_json_schema.ts'

test.each([
  [
    'validate_json_schema!("{}", "schema.json")',
    "error: JSON schema not found: Failed to open schema definition file 'schema.json': No such file or directory (os error 2)",
  ],
])('%s', (source, expected) => {
  expect(evaluate([validate_json_schema], source)).toBe(expected)
})
