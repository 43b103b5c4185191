import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { fromHex } from '../lib/hex.ts'
import { textValue } from '../lib/parameters.ts'
import { uuidText } from '../lib/uuid.ts'
import { fail, type Text, text } from '../value.ts'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export const uuid_from_friendly_id = define({
  name: 'uuid_from_friendly_id',
  summary: 'The UUID that base62 text stands for.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => {
    let n = 0n
    for (const c of text(value)) {
      const d = digits.indexOf(c)
      if (d < 0) return fail(`failed to decode friendly id: invalid character '${c}'`)
      n = n * 62n + BigInt(d)
      if (n >= 1n << 128n) return fail('failed to decode friendly id: arithmetic overflow')
    }
    return uuidText(fromHex(n.toString(16).padStart(32, '0'))!)
  },
  example: { source: 'uuid_from_friendly_id!("1")', result: '00000000-0000-0000-0000-000000000001' },
})
