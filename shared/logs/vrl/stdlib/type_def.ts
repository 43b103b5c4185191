import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { kindTree } from '../kind-text.ts'
import { anything } from '../lib/parameters.ts'

export const type_def = define({
  name: 'type_def',
  summary: 'What the compiler knows of an expression; for debugging programs.',
  parameters: [anything],
  returns: kind.any,
  prepare: (call) => {
    const tree = kindTree(call.kind('value')!)
    return () => tree
  },
  example: { source: 'type_def(1)', result: { integer: true } },
})
