import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { pathParts } from '../lib/paths.ts'
import { type Text, text } from '../value.ts'

export const dirname = define({
  name: 'dirname',
  summary: 'A path without its last component.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => {
    const parts = pathParts(text(value))
    const absolute = parts[0] === '/'
    const rest = parts.slice(absolute ? 1 : 0, -1)
    if (absolute) return `/${rest.join('/')}`
    return rest.length === 0 ? '.' : rest.join('/')
  },
  example: { source: 'dirname!("/var/log/app.log")', result: '/var/log' },
})
