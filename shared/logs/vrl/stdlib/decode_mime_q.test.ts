import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { decode_mime_q } from './decode_mime_q.ts'

test.each([
  ['decode_mime_q!("=?utf-8?q?caf=C3=A9?=")', '"café"'],
  ['decode_mime_q!("=?utf-8?b?Y2Fmw6k=?= au lait")', '"café au lait"'],
  ['decode_mime_q!("nothing encoded")', '"nothing encoded"'],
])('%s', (source, expected) => {
  expect(evaluate([decode_mime_q], source)).toBe(expected)
})
