import { remainder } from '../arithmetic.ts'
import { type Call, define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { lately, numberKind } from '../lib/parameters.ts'
import { isFloat, isInteger, toNumber, type Value } from '../value.ts'

const divisorIsSafe = (call: Call): boolean => {
  const by = call.constant('modulus')
  const k = call.kind('value')!
  return (kind.isInteger(k) || kind.isFloat(k)) && by !== undefined && (isInteger(by) || isFloat(by)) && toNumber(by) !== 0
}

export const mod = define({
  name: 'mod',
  summary: 'The remainder of a division, with the sign of the dividend.',
  parameters: [lately(required('value', numberKind)), lately(required('modulus', numberKind))],
  returns: (call) => {
    if (kind.isFloat(call.kind('value')!) || kind.isFloat(call.kind('modulus')!)) return kind.float
    return kind.isInteger(call.kind('value')!) && kind.isInteger(call.kind('modulus')!) ? kind.integer : numberKind
  },
  fails: (call) => !divisorIsSafe(call),
  run: (_, value: Value, modulus: Value) => remainder(value, modulus),
  example: { source: 'mod(17, 5)', result: 2 },
})
