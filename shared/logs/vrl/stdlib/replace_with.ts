import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { textOrNull, textValue } from '../lib/parameters.ts'
import { groupText, Pattern } from '../regex.ts'
import { type Fields, fail, type Int, isString, put, text, toNumber, type Value } from '../value.ts'

const matchKind = kind.record({ string: kind.bytes, captures: kind.arrayOf(textOrNull) }, textOrNull)

export const replace_with = define({
  name: 'replace_with',
  summary: 'Text with each match replaced by what a block makes of it.',
  parameters: [textValue, required('pattern', kind.regex), optional('count', kind.integer)],
  returns: kind.bytes,
  closure: { over: 'value', accepts: kind.bytes, variables: [matchKind], returns: kind.bytes },
  prepare: (call) => {
    const [value, pattern, count] = [call.arg('value')!.run, call.arg('pattern')!.run, call.arg('count')?.run]
    const { call: block } = call.closure!
    return (run) => {
      const v = value(run)
      const p = pattern(run)
      if (!isString(v)) return wrongType('string', v)
      if (!(p instanceof Pattern)) return wrongType('regex', p)
      if (p.names.some((n) => n === 'string' || n === 'captures')) return fail('Capture group cannot be named "string" or "captures"')
      const most = count ? toNumber(count(run) as Int) : -1
      if (most === 0) return v
      return replaceMatches(text(v), p, most, (m) => {
        const made = block(run, m)
        return isString(made) ? text(made) : wrongType('string', made)
      })
    }
  },
  example: { source: 'replace_with("a1b2", r\'\\d\') -> |m| { to_string(to_int!(m.string) + 1) }', result: 'a2b3' },
})

function replaceMatches(s: string, p: Pattern, most: number, make: (m: Fields) => string): string {
  let out = ''
  let at = 0
  let n = 0
  for (const m of p.matches(s)) {
    out += s.slice(at, m[0]) + make(matchObject(s, m, p))
    at = m[1]!
    if (++n === most) break
  }
  return out + s.slice(at)
}

function matchObject(s: string, m: ArrayLike<number>, p: Pattern): Fields {
  const out: Fields = { string: groupText(s, m, 0)! }
  const captures: Value[] = []
  for (let g = 1; g <= p.groupCount; g++) {
    const found = groupText(s, m, g) ?? null
    const name = p.names[g]
    if (name) put(out, name, found)
    captures.push(found)
  }
  out.captures = captures
  return out
}
