import { query } from '../bad-argument.ts'
import { define, required } from '../define.ts'
import * as kind from '../kind.ts'

export const set_semantic_meaning = define({
  name: 'set_semantic_meaning',
  summary: 'Says what a field means to later steps; no step here asks.',
  parameters: [required('target', kind.any), required('meaning', kind.bytes)],
  returns: kind.nothing,
  prepare: (call) => {
    query(call, 'target')
    return () => null
  },
  example: { source: 'set_semantic_meaning(.message, "message")', result: null },
})
