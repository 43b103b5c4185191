import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { ipBytes, ipOrFail } from '../lib/ip.ts'
import { textValue } from '../lib/parameters.ts'
import { bytes, type Text, text } from '../value.ts'

export const ip_pton = define({
  name: 'ip_pton',
  summary: 'An address as its 4 or 16 bytes.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => bytes(ipBytes(ipOrFail(text(value)))),
  example: { source: 'encode_base16(ip_pton!("1.2.3.4"))', result: '01020304' },
})
