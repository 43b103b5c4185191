import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { hmacHash, hmacVariants } from '../lib/hashes.ts'
import { textValue } from '../lib/parameters.ts'
import { bytes, fail, isString, type Text, text, toBytes } from '../value.ts'

export const hmac = define({
  name: 'hmac',
  summary: 'The keyed digest of bytes; encode it to print it.',
  parameters: [textValue, required('key', kind.bytes), optional('algorithm', kind.bytes, hmacVariants)],
  returns: kind.bytes,
  fails: (call) => {
    const algorithm = call.constant('algorithm')
    return (
      call.arg('algorithm') !== undefined &&
      !(algorithm !== undefined && isString(algorithm) && hmacVariants.includes(text(algorithm).toUpperCase()))
    )
  },
  run: (_, value: Text, key: Text, algorithm: Text = 'SHA-256') => {
    const name = text(algorithm).toUpperCase()
    const digest = hmacHash(name, toBytes(key), toBytes(value))
    return digest ? bytes(digest) : fail(`Invalid algorithm: ${name}`)
  },
  example: { source: 'encode_base16(hmac("a", "k", algorithm: "SHA1"))', result: '40e7d441cadb17b07f050341aa23a6820ed81c8b' },
})
