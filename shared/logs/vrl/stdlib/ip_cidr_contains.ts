import { invalidArgument } from '../bad-argument.ts'
import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { cidrContains, cidrOf, ipOrFail } from '../lib/ip.ts'
import { late, lately } from '../lib/parameters.ts'
import { isString, type Text, text, type Value } from '../value.ts'

const textOrArray = kind.or(kind.anyArray, kind.scalar.bytes)

export const ip_cidr_contains = define({
  name: 'ip_cidr_contains',
  summary: 'Whether an address is in a CIDR block, or in one of several.',
  parameters: [lately(required('cidr', textOrArray)), required('value', kind.bytes)],
  returns: kind.boolean,
  fails: true,
  prepare: (call) => {
    const known = call.constant('cidr')
    for (const c of known === undefined ? [] : Array.isArray(known) ? known : [known]) {
      if (!isString(c)) invalidArgument('ip_cidr_contains', c, '"cidr" must be string')
      else if ('wrong' in cidrOf(text(c))) invalidArgument('ip_cidr_contains', c, '"cidr" must be valid cidr')
    }
    return undefined
  },
  run: (_, cidr: Value, value: Text) => {
    const ip = ipOrFail(text(value))
    late(textOrArray, cidr)
    return (Array.isArray(cidr) ? cidr : [cidr]).some((c) => (isString(c) ? cidrContains(text(c), ip) : wrongType('string', c)))
  },
  example: { source: 'ip_cidr_contains!("10.0.0.0/8", "10.9.9.9")', result: true },
})
