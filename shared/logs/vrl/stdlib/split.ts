import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { textOrRegex, texts, textValue } from '../lib/parameters.ts'
import { Pattern } from '../regex.ts'
import { type Int, type Text, text, toNumber } from '../value.ts'

export const split = define({
  name: 'split',
  summary: 'The parts of text between matches of a separator.',
  parameters: [textValue, required('pattern', textOrRegex), optional('limit', kind.integer)],
  returns: texts,
  run: (_, value: Text, pattern: Text | Pattern, limit?: Int) => {
    const s = text(value)
    const most = limit === undefined ? Number.POSITIVE_INFINITY : toNumber(limit)
    if (most <= 0) return []
    return splitAt(s, pattern instanceof Pattern ? pattern.matches(s, 1) : occurrences(s, text(pattern)), most)
  },
  example: { source: 'split("a1b22c", r\'\\d+\')', result: ['a', 'b', 'c'] },
})

function splitAt(s: string, matches: Iterable<ArrayLike<number>>, most: number): string[] {
  const parts: string[] = []
  let from = 0
  for (const m of matches) {
    if (parts.length + 1 >= most) break
    parts.push(s.slice(from, m[0]))
    from = m[1]!
  }
  parts.push(s.slice(from))
  return parts
}

function* occurrences(s: string, part: string): Generator<[number, number]> {
  if (part === '') {
    // an empty separator stands before, between and behind all characters
    let at = 0
    yield [0, 0]
    for (const c of s) {
      at += c.length
      yield [at, at]
    }
    return
  }
  for (let at = s.indexOf(part); at >= 0; at = s.indexOf(part, at + part.length)) yield [at, at + part.length]
}
