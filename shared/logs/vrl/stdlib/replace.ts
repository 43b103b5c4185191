import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { textOrRegex, textValue } from '../lib/parameters.ts'
import { groupText, Pattern } from '../regex.ts'
import { type Int, type Text, text, toNumber } from '../value.ts'

export const replace = define({
  name: 'replace',
  summary: 'Text with matches replaced; `$1` and `$name` stand for groups of a regular expression.',
  parameters: [textValue, required('pattern', textOrRegex), required('with', kind.bytes), optional('count', kind.integer)],
  returns: kind.bytes,
  run: (_, value: Text, pattern: Text | Pattern, replacement: Text, count: Int = -1) => {
    const s = text(value)
    const by = text(replacement)
    const most = toNumber(count)
    if (most === 0) return s
    if (pattern instanceof Pattern) return replacePattern(s, pattern, by, most)
    const part = text(pattern)
    if (most < 0) return s.replaceAll(part, () => by)
    let out = ''
    let at = 0
    for (let n = 0; n < most; n++) {
      const found = s.indexOf(part, at + (part === '' && n > 0 ? 1 : 0))
      if (found < 0) break
      out += s.slice(at, found) + by
      at = found + part.length
    }
    return out + s.slice(at)
  },
  example: { source: 'replace("2024-05", r\'(\\d+)-(\\d+)\', "$2/$1")', result: '05/2024' },
})

function replacePattern(s: string, p: Pattern, by: string, most: number): string {
  let out = ''
  let at = 0
  let n = 0
  for (const m of p.matches(s)) {
    out += s.slice(at, m[0]) + expand(by, s, m, p)
    at = m[1]!
    if (++n === most) break
  }
  return out + s.slice(at)
}

/** `$name`, `${name}`, `$1`, `$$`; groups that do not exist are empty. */
const expand = (by: string, s: string, m: ArrayLike<number>, p: Pattern): string =>
  by.replace(/\$(?:\$|(\w+)|\{([^}]*)\})/g, (whole, bare: string | undefined, braced: string | undefined) => {
    const name = bare ?? braced
    if (name === undefined) return '$'
    const group = /^\d+$/.test(name) ? Number(name) : p.names.indexOf(name)
    return whole && group >= 0 && group <= p.groupCount ? (groupText(s, m, group) ?? '') : ''
  })
