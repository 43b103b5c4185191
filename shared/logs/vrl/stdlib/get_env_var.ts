import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { fail, type Text, text } from '../value.ts'

export const get_env_var = define({
  name: 'get_env_var',
  summary: 'A variable of the environment the host provides.',
  parameters: [required('name', kind.bytes)],
  returns: kind.bytes,
  fails: true,
  run: (run, name: Text) => {
    const env = run.surroundings.env ?? {}
    return Object.hasOwn(env, text(name)) ? env[text(name)]! : fail('environment variable not found')
  },
  example: { source: 'get_env_var("NOWHERE") ?? "unset"', result: 'unset' },
})
