import { invalidArgument } from '../bad-argument.ts'
import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { chance } from '../lib/chance.ts'
import { bytes, fail, type Int, isInteger, toNumber } from '../value.ts'

const most = 64 * 1024

export const random_bytes = define({
  name: 'random_bytes',
  summary: 'So many bytes by chance, at most 64 KiB.',
  parameters: [required('length', kind.integer)],
  returns: kind.bytes,
  fails: (call) => {
    const n = call.constant('length')
    return n === undefined || !isInteger(n) || toNumber(n) < 0 || toNumber(n) > most
  },
  prepare: (call) => {
    const n = call.constant('length')
    if (n !== undefined && isInteger(n) && toNumber(n) < 0) invalidArgument('length', n, 'Length cannot be negative')
    if (n !== undefined && isInteger(n) && toNumber(n) > most) invalidArgument('length', n, 'Length is too large. Maximum is 64k')
    return undefined
  },
  run: (run, length: Int) => {
    const n = toNumber(length)
    if (n < 0) return fail('Length cannot be negative')
    if (n > most) return fail('Length is too large. Maximum is 64k')
    return bytes(chance(run, n))
  },
  example: { source: 'length(random_bytes(4))', result: 4 },
})
