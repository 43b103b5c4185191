import { debugText } from '../debug.ts'
import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { fail, fields, isString, text, type Value } from '../value.ts'

export const tally = define({
  name: 'tally',
  summary: 'How often each text is in an array.',
  parameters: [required('value', kind.anyArray)],
  returns: kind.mapOf(kind.integer),
  fails: true,
  run: (_, value: Value[]) => {
    const counts = new Map<string, number>()
    for (const v of value) {
      const s = isString(v) ? text(v) : fail(`all values must be strings, found: ${debugText(v)}`)
      counts.set(s, (counts.get(s) ?? 0) + 1)
    }
    return fields(counts)
  },
  example: { source: 'tally!(["a", "b", "a"])', result: { a: 2, b: 1 } },
})
