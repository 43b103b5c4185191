import { define } from '../define.ts'
import { texts, textValue } from '../lib/parameters.ts'
import { pathParts } from '../lib/paths.ts'
import { type Text, text } from '../value.ts'

export const split_path = define({
  name: 'split_path',
  summary: 'The components of a path.',
  parameters: [textValue],
  returns: texts,
  run: (_, value: Text) => pathParts(text(value)),
  example: { source: 'split_path("/a/b")', result: ['/', 'a', 'b'] },
})
