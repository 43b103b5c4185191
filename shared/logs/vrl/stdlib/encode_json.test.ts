import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encode_json } from './encode_json.ts'

test.each([
  [`encode_json({ "b": [1, 2.0, t'2026-05-05T12:00:00Z'], "a": null })`, '"{\\"a\\":null,\\"b\\":[1,2.0,\\"2026-05-05T12:00:00Z\\"]}"'],
  ['encode_json({ "a": [1] }, pretty: true)', '"{\\n  \\"a\\": [\\n    1\\n  ]\\n}"'],
  [`encode_json(r'^a$')`, '"\\"^a$\\""'],
])('%s', (source, expected) => {
  expect(evaluate([encode_json], source)).toBe(expected)
})
