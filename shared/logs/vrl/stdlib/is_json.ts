import { oneOf } from '../bad-argument.ts'
import { define, optional } from '../define.ts'
import { parseJsonBytes } from '../json.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { Failure, kindOf, type Text, text } from '../value.ts'

const variants = ['object', 'array', 'bool', 'number', 'string', 'null'] as const

export const is_json = define({
  name: 'is_json',
  summary: 'Whether text is a JSON document, optionally of one type.',
  parameters: [textValue, optional('variant', kind.bytes, variants)],
  returns: kind.boolean,
  prepare: (call) => {
    oneOf(call, 'variant', variants)
    return undefined
  },
  run: (_, value: Text, variant?: Text) => {
    try {
      const found = kindOf(parseJsonBytes(value))
      const name = { integer: 'number', float: 'number', boolean: 'bool' }[found as string] ?? found
      return variant === undefined || name === text(variant)
    } catch (e) {
      if (e instanceof Failure) return false
      throw e
    }
  },
  example: { source: 'is_json("[1]", variant: "array")', result: true },
})
