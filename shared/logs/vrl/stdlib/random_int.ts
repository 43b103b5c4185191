import { invalidArgument } from '../bad-argument.ts'
import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { fail, type Int, integer, isInteger, toBig, type Value } from '../value.ts'

export const random_int = define({
  name: 'random_int',
  summary: 'An integer by chance, from a minimum up to but without a maximum.',
  parameters: [required('min', kind.integer), required('max', kind.integer)],
  returns: kind.integer,
  fails: (call) => !isRange(call.constant('min'), call.constant('max')),
  prepare: (call) => {
    const [min, max] = [call.constant('min'), call.constant('max')]
    if (min !== undefined && max !== undefined && !isRange(min, max)) invalidArgument('max', max, 'max must be greater than min')
    return undefined
  },
  run: (run, min: Int, max: Int) => {
    const [low, high] = [toBig(min), toBig(max)]
    if (high <= low) return fail('max must be greater than min')
    return integer(low + (BigInt(Math.floor(run.surroundings.random() * 2 ** 52)) * (high - low)) / 4503599627370496n)
  },
  example: { source: 'random_int(5, 6)', result: 5 },
})

const isRange = (min: Value | undefined, max: Value | undefined): boolean =>
  min !== undefined && max !== undefined && isInteger(min) && isInteger(max) && toBig(max) > toBig(min)
