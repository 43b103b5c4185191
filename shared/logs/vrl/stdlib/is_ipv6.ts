import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { parseIpv6 } from '../lib/ip.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

export const is_ipv6 = define({
  name: 'is_ipv6',
  summary: 'Whether text is an IPv6 address.',
  parameters: [textValue],
  returns: kind.boolean,
  run: (_, value: Text) => parseIpv6(text(value)) !== undefined,
  example: { source: 'is_ipv6("::1")', result: true },
})
