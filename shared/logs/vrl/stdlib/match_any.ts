import { invalidArgument, unexpectedExpression } from '../bad-argument.ts'
import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { Pattern } from '../regex.ts'
import { type Text, text, type Value } from '../value.ts'

export const match_any = define({
  name: 'match_any',
  summary: 'Whether one of several regular expressions matches somewhere in text.',
  parameters: [textValue, required('patterns', kind.anyArray)],
  returns: kind.boolean,
  prepare: (call) => {
    const patterns = call.constant('patterns')
    if (!Array.isArray(patterns)) unexpectedExpression('patterns', 'literal', call.arg('patterns')!)
    for (const p of patterns as Value[]) if (!(p instanceof Pattern)) invalidArgument('patterns', patterns!, 'patterns must be regexes')
    return undefined
  },
  run: (_, value: Text, patterns: Pattern[]) => patterns.some((p) => p.test(text(value))),
  example: { source: "match_any(\"v12\", [r'x', r'\\d'])", result: true },
})
