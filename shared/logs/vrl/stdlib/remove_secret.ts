import { define, required } from '../define.ts'
import * as kind from '../kind.ts'

export const remove_secret = define({
  name: 'remove_secret',
  summary: 'Takes a secret from the event; events here have none.',
  parameters: [required('key', kind.bytes)],
  returns: kind.nothing,
  run: () => null,
  example: { source: 'remove_secret("token")', result: null },
})
