import { define, required } from '../define.ts'
import * as kind from '../kind.ts'

export const set_secret = define({
  name: 'set_secret',
  summary: 'Attaches a secret to the event; events here keep none.',
  parameters: [required('key', kind.bytes), required('secret', kind.bytes)],
  returns: kind.nothing,
  run: () => null,
  example: { source: 'set_secret("token", "x")', result: null },
})
