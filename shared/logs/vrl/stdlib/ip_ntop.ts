import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { ipFromBytes, ipText } from '../lib/ip.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, type Text, toBytes } from '../value.ts'

export const ip_ntop = define({
  name: 'ip_ntop',
  summary: 'The address that 4 or 16 bytes stand for.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => {
    const b = toBytes(value)
    return b.length === 4 || b.length === 16 ? ipText(ipFromBytes(b)) : fail('"value" must be of length 4 or 16 bytes')
  },
  example: { source: 'ip_ntop!(decode_base16!("7f000001"))', result: '127.0.0.1' },
})
