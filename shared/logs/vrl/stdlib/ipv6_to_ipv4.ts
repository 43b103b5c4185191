import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { embeddedIpv4, ipOrFail, ipText } from '../lib/ip.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, type Text, text } from '../value.ts'

export const ipv6_to_ipv4 = define({
  name: 'ipv6_to_ipv4',
  summary: 'The IPv4 address inside an IPv6 address.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => {
    const ip = ipOrFail(text(value))
    if (ip.bits === 32) return ipText(ip)
    const inner = embeddedIpv4(ip)
    return inner ? ipText(inner) : fail(`IPV6 address ${ipText(ip)} is not compatible with IPV4`)
  },
  example: { source: 'ipv6_to_ipv4!("::ffff:1.2.3.4")', result: '1.2.3.4' },
})
