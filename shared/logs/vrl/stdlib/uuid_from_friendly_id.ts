import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { fromHex } from '../lib/hex.ts'
import { textValue } from '../lib/parameters.ts'
import { uuidText } from '../lib/uuid.ts'
import { fail, type Text, toBytes } from '../value.ts'

/** A byte as Rust escapes it in `b'…'`. */
const byteText = (b: number): string => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : `\\x${b.toString(16).padStart(2, '0')}`)
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export const uuid_from_friendly_id = define({
  name: 'uuid_from_friendly_id',
  summary: 'The UUID that base62 text stands for.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => {
    let n = 0n
    const all = toBytes(value)
    if (!all.length) return fail('failed to decode friendly id: Encoded input is an empty string')
    for (const [at, byte] of all.entries()) {
      const d = digits.indexOf(String.fromCharCode(byte))
      if (d < 0) return fail(`failed to decode friendly id: Encoded input contains the invalid byte b'${byteText(byte)}' at index ${at}`)
      n = n * 62n + BigInt(d)
      if (n >= 1n << 128n) return fail('failed to decode friendly id: Decoded number cannot fit into a `u128`')
    }
    return uuidText(fromHex(n.toString(16).padStart(32, '0'))!)
  },
  example: { source: 'uuid_from_friendly_id!("1")', result: '00000000-0000-0000-0000-000000000001' },
})
