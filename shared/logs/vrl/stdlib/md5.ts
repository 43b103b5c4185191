import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { md5Hash } from '../lib/hashes.ts'
import { toHex } from '../lib/hex.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, toBytes } from '../value.ts'

export const md5 = define({
  name: 'md5',
  summary: 'The MD5 digest of bytes, in hexadecimal.',
  parameters: [textValue],
  returns: kind.bytes,
  run: (_, value: Text) => toHex(md5Hash(toBytes(value))),
  example: { source: 'md5("a")', result: '0cc175b9c0f1b6a831c399e269772661' },
})
