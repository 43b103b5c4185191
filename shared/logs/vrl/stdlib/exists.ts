import { query } from '../bad-argument.ts'
import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { get } from '../path.ts'

export const exists = define({
  name: 'exists',
  summary: 'Whether there is something at a path, be it null.',
  parameters: [required('field', kind.any)],
  returns: kind.boolean,
  prepare: (call) => {
    const { target, path } = query(call, 'field').query
    if ('inner' in target) return (run) => get(target.inner(run), path) !== undefined
    if ('external' in target) return (run) => get(target.external === '.' ? run.event : run.metadata, path) !== undefined
    return (run) => get(run.variables[target.slot], path) !== undefined
  },
  example: { source: 'exists({ "a": null }.a)', result: true },
})
