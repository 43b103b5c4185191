import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { collection } from '../lib/parameters.ts'
import { byteLength, fieldNames, isObject, isString, type Value } from '../value.ts'

export const length = define({
  name: 'length',
  summary: 'The number of elements, fields or bytes.',
  parameters: [required('value', kind.or(collection, kind.scalar.bytes))],
  returns: kind.integer,
  run: (_, value: Value) => {
    if (Array.isArray(value)) return value.length
    return isString(value) ? byteLength(value) : isObject(value) ? fieldNames(value).length : 0
  },
  example: { source: 'length("ñ")', result: 2 },
})
