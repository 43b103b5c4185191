import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { ipOrFail } from '../lib/ip.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

export const ip_version = define({
  name: 'ip_version',
  summary: 'IPv4 or IPv6, for an address.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => (ipOrFail(text(value)).bits === 32 ? 'IPv4' : 'IPv6'),
  example: { source: 'ip_version!("::1")', result: 'IPv6' },
})
