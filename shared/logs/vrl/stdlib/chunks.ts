import { invalidArgument } from '../bad-argument.ts'
import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { texts, textValue } from '../lib/parameters.ts'
import { bytes, fail, type Int, isInteger, type Text, toBytes, toNumber, type Value } from '../value.ts'

export const chunks = define({
  name: 'chunks',
  summary: 'Text cut into pieces of so many bytes.',
  parameters: [textValue, required('chunk_size', kind.integer)],
  returns: texts,
  fails: (call) => {
    const size = call.constant('chunk_size')
    return size === undefined || !isInteger(size) || toNumber(size) < 1
  },
  prepare: (call) => {
    const size = call.constant('chunk_size')
    if (size !== undefined && isInteger(size) && toNumber(size) < 1)
      invalidArgument('chunk_size', size, '"chunk_size" must be at least 1 byte')
    return undefined
  },
  run: (_, value: Text, chunkSize: Int) => {
    const size = toNumber(chunkSize)
    if (size < 1) return fail('"chunk_size" must be at least 1 byte')
    const b = toBytes(value)
    const out: Value[] = []
    for (let at = 0; at < b.length; at += size) out.push(bytes(b.slice(at, at + size)))
    return out
  },
  example: { source: 'chunks("abcde", 2)', result: ['ab', 'cd', 'e'] },
})
