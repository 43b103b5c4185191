import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { parseIpv4 } from '../lib/ip.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

export const is_ipv4 = define({
  name: 'is_ipv4',
  summary: 'Whether text is an IPv4 address.',
  parameters: [textValue],
  returns: kind.boolean,
  run: (_, value: Text) => parseIpv4(text(value)) !== undefined,
  example: { source: 'is_ipv4("1.2.3.4")', result: true },
})
