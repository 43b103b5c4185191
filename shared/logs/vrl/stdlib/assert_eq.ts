import { define, optional, required } from '../define.ts'
import { display } from '../display.ts'
import { equal } from '../equal.ts'
import * as kind from '../kind.ts'
import { lately, lateText } from '../lib/parameters.ts'
import { fail, type Value } from '../value.ts'

export const assert_eq = define({
  name: 'assert_eq',
  summary: 'Fails with a message of your choice unless two values are equal.',
  parameters: [required('left', kind.any), required('right', kind.any), lately(optional('message', kind.bytes))],
  returns: kind.boolean,
  fails: true,
  run: (_, left: Value, right: Value, message?: Value) =>
    equal(left, right) || fail(message === undefined ? `assertion failed: ${display(left)} == ${display(right)}` : lateText(message)),
  example: { source: 'assert_eq!([1], [1])', result: true },
})
