import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { encode_logfmt } from './encode_logfmt.ts'

test.each([['encode_logfmt({ "msg": "all well", "n": 1, "ok": true })', '"msg=\\"all well\\" n=1 ok"']])('%s', (source, expected) => {
  expect(evaluate([encode_logfmt], source)).toBe(expected)
})
