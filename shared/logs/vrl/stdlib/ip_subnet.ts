import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { ipOrFail, ipText, subnetOf } from '../lib/ip.ts'
import { lately, lateText, textValue } from '../lib/parameters.ts'
import { type Text, text, type Value } from '../value.ts'

export const ip_subnet = define({
  name: 'ip_subnet',
  summary: 'The network of an address, by prefix length or mask.',
  parameters: [textValue, lately(required('subnet', kind.bytes))],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text, subnet: Value) => ipText(subnetOf(ipOrFail(text(value)), lateText(subnet))),
  example: { source: 'ip_subnet!("10.1.2.3", "/16")', result: '10.1.0.0' },
})
