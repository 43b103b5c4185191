import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text, type Value } from '../value.ts'

export const parse_tokens = define({
  name: 'parse_tokens',
  summary: 'The words of text, quoted and bracketed parts as one; a lone dash is null.',
  parameters: [textValue],
  returns: kind.arrayOf(kind.orNull(kind.bytes)),
  run: (_, value: Text) => {
    const out: Value[] = []
    for (const m of text(value).matchAll(/"((?:\\[\s\S]|[^"\\])*)"|\[((?:\\[\s\S]|[^\]\\])*)\]|(["[][\s\S]*|[^\s"[]+)/g)) {
      const token = m[1] ?? m[2] ?? m[3]!
      out.push(token === '-' ? null : token)
    }
    return out
  },
  example: { source: 'parse_tokens("GET [a b] \\"c d\\" -")', result: ['GET', 'a b', 'c d', null] },
})
