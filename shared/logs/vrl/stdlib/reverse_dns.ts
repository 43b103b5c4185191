import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { absent } from '../lib/edge.ts'
import { ipOrFail } from '../lib/ip.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

const unavailable = absent('DNS')

export const reverse_dns = define({
  name: 'reverse_dns',
  summary: 'Looks an address up in the DNS, which programs at the edge cannot: fails.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => {
    ipOrFail(text(value))
    return unavailable()
  },
  example: { source: 'reverse_dns("127.0.0.1") ?? "unknown"', result: 'unknown' },
})
