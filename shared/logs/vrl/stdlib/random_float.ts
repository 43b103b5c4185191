import { invalidArgument } from '../bad-argument.ts'
import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { fail, float, isFloat, type Real, toNumber, type Value } from '../value.ts'

export const random_float = define({
  name: 'random_float',
  summary: 'A float by chance, from a minimum up to but without a maximum.',
  parameters: [required('min', kind.float), required('max', kind.float)],
  returns: kind.float,
  fails: (call) => !isRange(call.constant('min'), call.constant('max')),
  prepare: (call) => {
    const [min, max] = [call.constant('min'), call.constant('max')]
    if (min !== undefined && max !== undefined && !isRange(min, max)) invalidArgument('max', max, 'max must be greater than min')
    return undefined
  },
  run: (run, min: Real, max: Real) => {
    const [low, high] = [toNumber(min), toNumber(max)]
    return high > low ? float(low + run.surroundings.random() * (high - low)) : fail('max must be greater than min')
  },
  example: { source: 'random_float(0.0, 1.0) < 1.0', result: true },
})

const isRange = (min: Value | undefined, max: Value | undefined): boolean =>
  min !== undefined && max !== undefined && isFloat(min) && isFloat(max) && toNumber(max) > toNumber(min)
