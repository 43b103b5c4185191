import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { fail, isString, text } from '../value.ts'

export const assert = define({
  name: 'assert',
  summary: 'Fails with a message of your choice unless the condition holds.',
  parameters: [required('condition', kind.boolean), optional('message', kind.bytes)],
  returns: kind.boolean,
  fails: true,
  prepare: (call) => {
    const { run: condition } = call.arg('condition')!
    const message = call.arg('message')?.run
    return (run) => {
      const v = condition(run)
      if (v === true) return true
      if (typeof v !== 'boolean') return wrongType('boolean', v)
      const said = message?.(run)
      return fail(said !== undefined && isString(said) ? text(said) : 'assertion failed')
    }
  },
  example: { source: 'assert!(1 < 2)', result: true },
})
