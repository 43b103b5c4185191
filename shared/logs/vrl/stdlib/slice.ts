import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { bytes, fail, type Int, type Text, toBytes, toNumber, type Value } from '../value.ts'

export const slice = define({
  name: 'slice',
  summary: 'A part of an array or of the bytes of text; negative positions count from the end.',
  parameters: [
    required('value', kind.or(kind.anyArray, kind.scalar.bytes)),
    required('start', kind.integer),
    optional('end', kind.integer),
  ],
  returns: (call) => {
    const k = call.kind('value')!
    if (kind.isBytes(k)) return kind.bytes
    return kind.isArray(k) ? k : kind.or(kind.anyArray, kind.scalar.bytes)
  },
  fails: true,
  run: (_, value: Text | Value[], start: Int, end?: Int) => {
    if (Array.isArray(value)) return value.slice(...bounds(value.length, start, end))
    const b = toBytes(value)
    return bytes(b.slice(...bounds(b.length, start, end)))
  },
  example: { source: 'slice!([1, 2, 3, 4], 1, -1)', result: [2, 3] },
})

function bounds(length: number, start: Int, end: Int | undefined): [number, number] {
  const from = toNumber(start) < 0 ? toNumber(start) + length : toNumber(start)
  const to = end === undefined ? length : toNumber(end) < 0 ? toNumber(end) + length : toNumber(end)
  if (from < 0 || from > length) return fail(`"start" must be between "${-length}" and "${length}"`)
  return to < from ? fail('"end" must be greater or equal to "start"') : [from, Math.min(to, length)]
}
