import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { ipOrFail, ipText, subnetOf } from '../lib/ip.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

export const ip_subnet = define({
  name: 'ip_subnet',
  summary: 'The network of an address, by prefix length or mask.',
  parameters: [textValue, required('subnet', kind.bytes)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text, subnet: Text) => ipText(subnetOf(ipOrFail(text(value)), text(subnet))),
  example: { source: 'ip_subnet!("10.1.2.3", "/16")', result: '10.1.0.0' },
})
