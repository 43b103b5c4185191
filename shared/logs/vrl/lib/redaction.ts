import { fixed, Pattern } from '../regex.ts'
import type { Run } from '../run.ts'
import { type Fields, fail, fieldNames, fields, isObject, isString, text, toBytes, type Value } from '../value.ts'
import { toBase64 } from './base64.ts'
import { sha2Hash, sha3Hash } from './hashes.ts'
import { toHex } from './hex.ts'

/** What a filter finds, and what stands in its place. */
export interface Redaction {
  readonly filters: readonly (Pattern | string)[]
  readonly replace: (found: string) => string
}

const socialSecurity = '(?:\\d{3}-\\d{2}-\\d{4})|(?:\\d{3} \\d{2} \\d{4})'

/** A filter as a program gives it: a pattern, a name, or an object with a type. */
export function filterOf(v: Value): readonly (Pattern | string)[] {
  if (v instanceof Pattern) return [v]
  if (isString(v)) return named(text(v), undefined)
  if (!isObject(v)) return fail('unknown literal for filter, must be a regex, filter name, or object')
  const type = v.type
  if (type === undefined) return fail('filters specified as objects must have type parameter')
  return isString(type) ? named(text(type), v.patterns) : fail('type key in filters must be a string')
}

function named(name: string, patterns: Value | undefined): readonly (Pattern | string)[] {
  if (name === 'us_social_security_number') return [fixed(socialSecurity)]
  if (name !== 'pattern') return fail('unknown filter name')
  if (patterns === undefined) return fail('pattern filter must have `patterns` specified')
  if (!Array.isArray(patterns)) return fail('`patterns` must be array of regular expression literals')
  return patterns.map((p) => (p instanceof Pattern ? p : isString(p) ? text(p) : fail('`patterns` must be regular expressions')))
}

export function redactorOf(v: Value | undefined): Redaction['replace'] {
  if (v === undefined) return () => '[REDACTED]'
  const type = isString(v) ? v : isObject(v) ? v.type : undefined
  if (type === undefined || !isString(type))
    return fail(
      !isObject(v)
        ? 'unknown redactor name'
        : type === undefined
          ? `redactor specified as objects must have type\n${' '.repeat(8)}parameter`
          : 'type key in redactor must be a string',
    )
  const options = isObject(v) ? v : {}
  switch (text(type)) {
    case 'full':
      return () => '[REDACTED]'
    case 'text': {
      const by = options.replacement
      if (by === undefined) return fail(`text redactor must have\n${' '.repeat(16)}\`replacement\` specified`)
      return isString(by) ? () => text(by) : fail('`replacement` must be a string')
    }
    case 'sha2':
      return digest(options, 'SHA-512/256', sha2Hash)
    case 'sha3':
      return digest(options, 'SHA3-512', sha3Hash)
    default:
      return fail('unknown name of redactor')
  }
}

function digest(options: Fields, usual: string, hash: (variant: string, b: Uint8Array) => Uint8Array | undefined): Redaction['replace'] {
  const variant = options.variant ?? usual
  const encoding = options.encoding ?? 'base64'
  if (!isString(variant)) return fail('`variant must be a string')
  // the reference says `sha2` of SHA-3 too
  if (hash(text(variant), new Uint8Array()) === undefined) return fail('invalid sha2 variant')
  if (!isString(encoding)) return fail('encoding must be string')
  if (encoding !== 'base64' && encoding !== 'base16') return fail('unexpected encoding')
  return (found) => {
    const b = hash(text(variant), toBytes(found))!
    return encoding === 'base64' ? toBase64(b) : toHex(b)
  }
}

/** The value with matches replaced in all of its text. */
export function redacted(run: Run, v: Value, r: Redaction): Value {
  if (isString(v)) return r.filters.reduce<string>((s, f) => redactText(s, f, r.replace), text(v))
  run.spend(1)
  if (Array.isArray(v)) return v.map((x) => redacted(run, x, r))
  return isObject(v) ? fields(fieldNames(v).map((k) => [k, redacted(run, v[k]!, r)] as const)) : v
}

function redactText(s: string, filter: Pattern | string, replace: Redaction['replace']): string {
  if (typeof filter === 'string') return filter === '' ? s : s.replaceAll(filter, () => replace(filter))
  if (!filter.test(s)) return s
  let out = ''
  let at = 0
  for (const m of filter.matches(s, 1)) {
    out += s.slice(at, m[0]) + replace(s.slice(m[0], m[1]))
    at = m[1]!
  }
  return out + s.slice(at)
}
