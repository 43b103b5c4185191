import { oneOf } from '../bad-argument.ts'
import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { sha2Hash, sha2Variants } from '../lib/hashes.ts'
import { toHex } from '../lib/hex.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text, toBytes } from '../value.ts'

export const sha2 = define({
  name: 'sha2',
  summary: 'A SHA-2 digest of bytes, in hexadecimal.',
  parameters: [textValue, optional('variant', kind.bytes, sha2Variants)],
  returns: kind.bytes,
  prepare: (call) => {
    oneOf(call, 'variant', sha2Variants)
    return undefined
  },
  run: (_, value: Text, variant: Text = 'SHA-512/256') => toHex(sha2Hash(text(variant), toBytes(value))!),
  example: { source: 'sha2("a", "SHA-256")', result: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb' },
})
