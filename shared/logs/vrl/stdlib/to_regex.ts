import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { patternOrFail } from '../regex.ts'
import { type Text, text } from '../value.ts'

export const to_regex = define({
  name: 'to_regex',
  summary: 'Compiles text into a regular expression, at each run: prefer a literal.',
  parameters: [textValue],
  returns: kind.regex,
  fails: true,
  run: (run, value: Text) => {
    // compiling costs far more than looking at a text of that length
    run.spend(text(value).length)
    return patternOrFail(text(value))
  },
  example: { source: 'match("cab", to_regex!("^c.b$"))', result: true },
})
