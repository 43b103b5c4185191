import { define, required } from '../define.ts'
import * as kind from '../kind.ts'

export const get_secret = define({
  name: 'get_secret',
  summary: 'A secret of the event; events here have none, so null.',
  parameters: [required('key', kind.bytes)],
  returns: kind.orNull(kind.bytes),
  run: () => null,
  example: { source: 'get_secret("token")', result: null },
})
