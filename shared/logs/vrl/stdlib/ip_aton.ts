import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { parseIpv4 } from '../lib/ip.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, integer, type Text, text } from '../value.ts'

export const ip_aton = define({
  name: 'ip_aton',
  summary: 'An IPv4 address as a number.',
  parameters: [textValue],
  returns: kind.integer,
  fails: true,
  run: (_, value: Text) => integer((parseIpv4(text(value)) ?? fail('unable to parse IPv4 address: invalid IPv4 address syntax')).n),
  example: { source: 'ip_aton!("1.0.0.1")', result: 16777217 },
})
