import { invalidArgument } from '../bad-argument.ts'
import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { cipherOrFail, ciphers } from '../lib/ciphers.ts'
import { bytes, isString, type Text, text, toBytes } from '../value.ts'

export const encrypt = define({
  name: 'encrypt',
  summary: 'Bytes under a key and an initialization vector.',
  parameters: [
    required('plaintext', kind.bytes),
    required('algorithm', kind.bytes, Object.keys(ciphers)),
    required('key', kind.bytes),
    required('iv', kind.bytes),
  ],
  returns: kind.bytes,
  fails: true,
  prepare: (call) => {
    const algorithm = call.constant('algorithm')
    if (algorithm !== undefined && isString(algorithm) && !Object.hasOwn(ciphers, text(algorithm).toUpperCase()))
      invalidArgument('algorithm', algorithm, 'Invalid algorithm')
    return undefined
  },
  run: (run, plaintext: Text, algorithm: Text, key: Text, iv: Text) => {
    const [k, v] = [toBytes(key), toBytes(iv)]
    return bytes(cipherOrFail(text(algorithm), k, v).transform(toBytes(plaintext), k, v, false, run.surroundings.random))
  },
  example: {
    source: 'encode_base16(encrypt!("data", "AES-128-OFB", key: "0123456789abcdef", iv: "fedcba9876543210"))',
    result: '6f2aa210',
  },
})
