import { define } from '../define.ts'
import * as kind from '../kind.ts'

export const get_timezone_name = define({
  name: 'get_timezone_name',
  summary: 'The zone that times without an offset are in.',
  parameters: [],
  returns: kind.bytes,
  fails: true,
  run: (run) => run.surroundings.zone,
  example: { source: 'get_timezone_name!()', result: 'UTC' },
})
