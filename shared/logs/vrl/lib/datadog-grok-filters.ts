import { parseJson } from '../json.ts'
import { Failure, fail, float, isFloat, isInteger, isString, text, toNumber, type Value } from '../value.ts'
import { readFloat } from './coerce.ts'
import { parseKeyValue } from './key-value.ts'
import { percentDecoded } from './percent.ts'
import { queryParameters } from './query-string.ts'
import { RubyReader } from './ruby-hash.ts'

/** Filters change, drop (`undefined`) or take apart what was matched. */
export function filterOf(source: string): (v: Value) => Value | undefined {
  const { name, args } = callOf(source)
  const onText = (f: (s: string) => Value | undefined) => (v: Value) => (isString(v) ? f(text(v)) : v)
  const tolerant = (f: (s: string) => Value) =>
    onText((s) => {
      try {
        return f(s)
      } catch (e) {
        if (e instanceof Failure) return undefined
        throw e
      }
    })
  switch (name) {
    case 'nullIf':
      return (v) => (isString(v) && text(v) === args[0] ? undefined : v)
    case 'boolean':
      return onText((s) => s.toLowerCase() === (args[0] ?? 'true').toLowerCase())
    case 'number':
      return onText(real)
    case 'integer':
      return onText((s) => (/^[+-]?\d+(\.\d+)?$/.test(s) ? Math.trunc(Number(s)) : undefined))
    case 'integerExt':
      return onText((s) => Math.trunc(Number(s)))
    case 'json':
      return tolerant((s) => parseJson(s))
    case 'rubyhash':
      return tolerant((s) => new RubyReader(s).document())
    case 'lowercase':
      return onText((s) => s.toLowerCase())
    case 'uppercase':
      return onText((s) => s.toUpperCase())
    case 'decodeuricomponent':
      return onText((s) => percentDecoded(s))
    case 'querystring':
      return onText((s) => queryParameters(s.replace(/^\?/, '')))
    case 'scale':
      return (v) => {
        const n = isString(v) ? readFloat(text(v)) : isInteger(v) || isFloat(v) ? toNumber(v) : undefined
        const scaled = n === undefined ? undefined : n * Number(args[0] ?? 1)
        return scaled === undefined ? undefined : Number.isInteger(scaled) ? scaled : float(scaled)
      }
    case 'keyvalue':
      return tolerant((s) => parseKeyValue(s, { between: args[0] ?? '=', fields: args[2] ?? ' ', strict: false, standalone: false }))
    case 'array':
      return onText((s) => arrayFilter(s, args))
    default:
      return fail(`unknown filter '${name}'`)
  }
}

function arrayFilter(s: string, args: readonly string[]): Value {
  const brackets = args[0] !== undefined && args[0].length === 2 ? args[0] : '[]'
  const delimiter = args.find((a, i) => i > 0 || a.length !== 2) ?? ','
  const inner = s.startsWith(brackets[0]!) && s.endsWith(brackets[1]!) ? s.slice(1, -1) : s
  return inner === '' ? [] : inner.split(delimiter).map((x) => x.trim())
}

export function callOf(s: string): { name: string; args: string[] } {
  const m = /^\s*([A-Za-z_][\w]*)\s*(?:\(([\s\S]*)\))?\s*$/.exec(s)
  if (!m) return fail(`failed to parse grok expression '${s}'`)
  const args = [...(m[2] ?? '').matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'|([^,\s]+)/g)].map((a) =>
    (a[1] ?? a[2] ?? a[3]!).replace(/\\(["\\])/g, '$1'),
  )
  return { name: m[1]!, args }
}

export const real = (s: string): Value | undefined => {
  const n = readFloat(s)
  return n === undefined ? undefined : Number.isInteger(n) ? n : float(n)
}
