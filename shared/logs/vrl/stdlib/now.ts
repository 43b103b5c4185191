import { define } from '../define.ts'
import * as kind from '../kind.ts'

export const now = define({
  name: 'now',
  summary: 'The moment of the run.',
  parameters: [],
  returns: kind.timestamp,
  run: (run) => run.surroundings.at,
  example: { source: 'is_timestamp(now())', result: true },
})
