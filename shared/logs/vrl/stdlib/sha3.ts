import { oneOf } from '../bad-argument.ts'
import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { sha3Hash, sha3Variants } from '../lib/hashes.ts'
import { toHex } from '../lib/hex.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text, toBytes } from '../value.ts'

export const sha3 = define({
  name: 'sha3',
  summary: 'A SHA-3 digest of bytes, in hexadecimal.',
  parameters: [textValue, optional('variant', kind.bytes, sha3Variants)],
  returns: kind.bytes,
  prepare: (call) => {
    oneOf(call, 'variant', sha3Variants)
    return undefined
  },
  run: (_, value: Text, variant: Text = 'SHA3-512') => toHex(sha3Hash(text(variant), toBytes(value))!),
  example: { source: 'sha3("a", "SHA3-224")', result: '9e86ff69557ca95f405f081269685b38e3a819b309ee942f482b6a8b' },
})
