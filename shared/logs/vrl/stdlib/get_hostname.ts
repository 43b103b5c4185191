import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { fail } from '../value.ts'

export const get_hostname = define({
  name: 'get_hostname',
  summary: 'The name of the machine, where the host tells one.',
  parameters: [],
  returns: kind.bytes,
  fails: true,
  run: (run) => run.surroundings.hostname ?? fail('unable to get hostname: there is none at the edge'),
  example: { source: 'get_hostname() ?? "edge"', result: 'edge' },
})
