import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { sha1Hash } from '../lib/hashes.ts'
import { toHex } from '../lib/hex.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, toBytes } from '../value.ts'

export const sha1 = define({
  name: 'sha1',
  summary: 'The SHA-1 digest of bytes, in hexadecimal.',
  parameters: [textValue],
  returns: kind.bytes,
  run: (_, value: Text) => toHex(sha1Hash(toBytes(value))),
  example: { source: 'sha1("a")', result: '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8' },
})
