import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { cidrContains, ipOrFail } from '../lib/ip.ts'
import { isString, type Text, text, type Value } from '../value.ts'

export const ip_cidr_contains = define({
  name: 'ip_cidr_contains',
  summary: 'Whether an address is in a CIDR block, or in one of several.',
  parameters: [required('cidr', kind.or(kind.anyArray, kind.scalar.bytes)), required('value', kind.bytes)],
  returns: kind.boolean,
  fails: true,
  run: (_, cidr: Text | Value[], value: Text) => {
    const ip = ipOrFail(text(value))
    return (Array.isArray(cidr) ? cidr : [cidr]).some((c) => (isString(c) ? cidrContains(text(c), ip) : wrongType('string', c)))
  },
  example: { source: 'ip_cidr_contains!("10.0.0.0/8", "10.9.9.9")', result: true },
})
