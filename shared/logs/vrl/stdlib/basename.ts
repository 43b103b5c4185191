import { define } from '../define.ts'
import { textOrNull, textValue } from '../lib/parameters.ts'
import { pathParts } from '../lib/paths.ts'
import { type Text, text } from '../value.ts'

export const basename = define({
  name: 'basename',
  summary: 'The last component of a path.',
  parameters: [textValue],
  returns: textOrNull,
  fails: true,
  run: (_, value: Text) => {
    const last = pathParts(text(value)).at(-1)
    return last === undefined || last === '/' || last === '..' ? null : last
  },
  example: { source: 'basename!("/var/log/app.log")', result: 'app.log' },
})
