import { oneOf } from '../bad-argument.ts'
import { define, optional, required } from '../define.ts'
import { display } from '../display.ts'
import * as kind from '../kind.ts'
import { isString, type Text, text, type Value } from '../value.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const

export const log = define({
  name: 'log',
  summary: "Hands a value to the host's log.",
  parameters: [required('value', kind.any), optional('level', kind.bytes, levels), optional('rate_limit_secs', kind.integer)],
  returns: kind.nothing,
  prepare: (call) => {
    oneOf(call, 'level', levels)
    return undefined
  },
  run: (run, value: Value, level: Text = 'info') => {
    run.surroundings.log?.(text(level), isString(value) ? text(value) : display(value))
    return null
  },
  example: { source: 'log("seen", level: "debug")', result: null },
})
