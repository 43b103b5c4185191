import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { ipOrFail, ipText } from '../lib/ip.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

export const ip_to_ipv6 = define({
  name: 'ip_to_ipv6',
  summary: 'An address as IPv6; IPv4 becomes IPv4-mapped.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => {
    const ip = ipOrFail(text(value))
    return ipText(ip.bits === 128 ? ip : { bits: 128, n: (0xffffn << 32n) | ip.n })
  },
  example: { source: 'ip_to_ipv6!("1.2.3.4")', result: '::ffff:1.2.3.4' },
})
