import { literalItems, wrongKind } from '../bad-argument.ts'
import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { Pattern } from '../regex.ts'
import { type Text, text } from '../value.ts'

export const match_any = define({
  name: 'match_any',
  summary: 'Whether one of several regular expressions matches somewhere in text.',
  parameters: [textValue, required('patterns', kind.anyArray)],
  returns: kind.boolean,
  prepare: (call) => {
    for (const p of literalItems(call, 'patterns') ?? []) if (!(p instanceof Pattern)) wrongKind('regex', p)
    return undefined
  },
  run: (_, value: Text, patterns: Pattern[]) => patterns.some((p) => p.test(text(value))),
  example: { source: "match_any(\"v12\", [r'x', r'\\d'])", result: true },
})
