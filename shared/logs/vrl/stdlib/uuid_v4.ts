import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { chance } from '../lib/chance.ts'
import { stamped, uuidText } from '../lib/uuid.ts'

export const uuid_v4 = define({
  name: 'uuid_v4',
  summary: 'A UUID by chance.',
  parameters: [],
  returns: kind.bytes,
  run: (run) => uuidText(stamped(chance(run, 16), 4)),
  example: { source: 'length(uuid_v4())', result: 36 },
})
