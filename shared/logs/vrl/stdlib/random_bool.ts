import { define } from '../define.ts'
import * as kind from '../kind.ts'

export const random_bool = define({
  name: 'random_bool',
  summary: 'True or false by chance.',
  parameters: [],
  returns: kind.boolean,
  run: (run) => run.surroundings.random() < 0.5,
  example: { source: 'is_boolean(random_bool())', result: true },
})
