import { parseJson } from '../json.ts'
import { get, insert, type Path } from '../path.ts'
import { compilePattern, groupText, Pattern } from '../regex.ts'
import { parseTime } from '../strptime.ts'
import {
  Failure,
  type Fields,
  fail,
  float,
  integer,
  isFloat,
  isInteger,
  isObject,
  isString,
  Timestamp,
  text,
  toNumber,
  type Value,
} from '../value.ts'
import { readFloat } from './coerce.ts'
import { grokPatterns } from './grok-patterns.ts'
import { parseKeyValue } from './key-value.ts'
import { percentDecoded } from './percent.ts'
import { queryParameters } from './query-string.ts'
import { RubyReader } from './ruby-hash.ts'

/** A rule of Datadog's grok dialect: `%{matcher:field:filter}`. */
export interface Rule {
  readonly pattern: Pattern
  readonly targets: readonly Target[]
}

interface Target {
  readonly group: number
  readonly path: Path
  readonly matcher: string
  readonly filter: (v: Value) => Value | undefined
}

interface Piece {
  readonly pattern: string
  /** What the matcher itself makes of its text. */
  readonly read?: (s: string) => Value | undefined
}

const real = (s: string): Value | undefined => {
  const n = readFloat(s)
  return n === undefined ? undefined : Number.isInteger(n) ? n : float(n)
}

const plain: Record<string, Piece> = {
  notSpace: { pattern: '[^\\s]+' },
  boolean: { pattern: '(?i:true|false)', read: (s) => s.toLowerCase() === 'true' },
  number: { pattern: '[+-]?(?:[0-9]*\\.)?[0-9]+', read: real },
  numberStr: { pattern: '[+-]?(?:[0-9]*\\.)?[0-9]+' },
  numberExt: { pattern: '[+-]?(?:[0-9]*\\.)?[0-9]+(?:[eE][+-]?[0-9]+)?', read: real },
  numberExtStr: { pattern: '[+-]?(?:[0-9]*\\.)?[0-9]+(?:[eE][+-]?[0-9]+)?' },
  integer: { pattern: '[+-]?[0-9]+', read: (s) => integer(BigInt(s.replace('+', ''))) },
  integerStr: { pattern: '[+-]?[0-9]+' },
  integerExt: { pattern: '[+-]?[0-9]+(?:[eE][+-]?[0-9]+)?', read: (s) => Math.trunc(Number(s)) },
  integerExtStr: { pattern: '[+-]?[0-9]+(?:[eE][+-]?[0-9]+)?' },
  word: { pattern: '\\b\\w+\\b' },
  doubleQuotedString: { pattern: '"(?:\\\\.|[^\\\\"])*"' },
  singleQuotedString: { pattern: "'(?:\\\\.|[^\\\\'])*'" },
  quotedString: { pattern: '"(?:\\\\.|[^\\\\"])*"|\'(?:\\\\.|[^\\\\\'])*\'' },
  uuid: { pattern: grokPatterns.UUID! },
  mac: { pattern: '%{MAC}' },
  ipv4: { pattern: grokPatterns.IPV4! },
  ipv6: { pattern: '%{IPV6}' },
  ip: { pattern: '%{IP}' },
  hostname: { pattern: '%{HOSTNAME}' },
  ipOrHost: { pattern: '%{IPORHOST}' },
  port: { pattern: '[1-9][0-9]{0,4}', read: (s) => Number(s) },
  data: { pattern: '(?s:.*?)' },
}

const token = /%\{((?:"(?:\\.|[^"\\])*"|'[^']*'|\((?:"(?:\\.|[^"\\])*"|[^()"])*\)|[^{}"])*)\}/g

/** Compiles a rule; names are matchers, aliases or grok patterns. Throws a `Failure` for others. */
export function compileRule(source: string, aliases: Readonly<Record<string, string>>): Rule {
  const found: Omit<Target, 'group'>[] = []
  const resolve = (rule: string, depth: number): string => {
    if (depth > 40) return fail('Circular dependency found in the alias')
    return rule.replace(token, (_, inner: string) => {
      const [head = '', path, filter] = splitParts(inner)
      const piece = pieceOf(head, aliases, (inside) => resolve(inside, depth + 1))
      if (path === undefined || (path === '' && filter === undefined)) return `(?:${piece.pattern})`
      const read = piece.read
      const last = filter ? filterOf(filter) : undefined
      found.push({
        path: path === '' ? [] : path.replace(/^\./, '').split('.'),
        matcher: head,
        filter: (v) => {
          const own = read && typeof v === 'string' ? read(v) : v
          return last && own !== undefined ? last(own) : own
        },
      })
      return `(?P<dd${found.length - 1}>${piece.pattern})`
    })
  }
  const pattern = compilePattern(`^(?:${resolve(source, 0)})$`)
  if (!(pattern instanceof Pattern)) return fail(`failed to parse grok expression '${source}': ${pattern.fault}`)
  const targets: Target[] = []
  for (const [g, name] of pattern.names.entries()) {
    const own = name === null ? null : /^dd(\d+)$/.exec(name)
    if (own) targets.push({ ...found[Number(own[1])]!, group: g })
  }
  return { pattern, targets }
}

/** `a:b:c("x:y")` at its colons, not those in quotes or parentheses. */
function splitParts(s: string): string[] {
  const parts = ['']
  let depth = 0
  let quote = ''
  for (const c of s) {
    if (quote) quote = c === quote ? '' : quote
    else if (c === '"') quote = c
    else if (c === '(') depth++
    else if (c === ')') depth--
    if (c === ':' && depth === 0 && quote === '' && parts.length < 3) parts.push('')
    else parts[parts.length - 1] += c
  }
  return parts
}

function callOf(s: string): { name: string; args: string[] } {
  const m = /^\s*([A-Za-z_][\w]*)\s*(?:\(([\s\S]*)\))?\s*$/.exec(s)
  if (!m) return fail(`failed to parse grok expression '${s}'`)
  const args = [...(m[2] ?? '').matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'|([^,\s]+)/g)].map((a) =>
    (a[1] ?? a[2] ?? a[3]!).replace(/\\(["\\])/g, '$1'),
  )
  return { name: m[1]!, args }
}

function pieceOf(head: string, aliases: Readonly<Record<string, string>>, resolve: (s: string) => string): Piece {
  const { name, args } = callOf(head)
  if (name === 'regex') return { pattern: args[0] ?? fail('regex matcher needs an argument') }
  if (name === 'date') return datePiece(args[0] ?? fail('date matcher needs a format'), args[1])
  if (name === 'boolean' && args.length > 0)
    return {
      pattern: args.map((a) => a.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'),
      read: (s) => s.toLowerCase() === args[0]!.toLowerCase(),
    }
  if (Object.hasOwn(aliases, name)) return { pattern: resolve(aliases[name]!) }
  if (Object.hasOwn(plain, name)) {
    const piece = plain[name]!
    return { ...piece, pattern: piece.pattern.startsWith('%{') ? resolve(piece.pattern) : piece.pattern }
  }
  return Object.hasOwn(grokPatterns, name)
    ? { pattern: resolve(grokPatterns[name]!) }
    : fail(
        `failed to parse grok expression '${head}': The given pattern definition name "${name}" could not be found in the definition map`,
      )
}

/** Letters of Java's date formats, as patterns and strftime specifiers; longest first. */
const dateLetters: readonly [RegExp, string, string][] = [
  [/^yyyy/, '[\\d]{4}', '%Y'],
  [/^yy/, '[\\d]{2}', '%y'],
  [/^y+/, '[\\d]{4}', '%Y'],
  [/^MMMM/, '[A-Za-z]+', '%B'],
  [/^MMM/, '[A-Za-z]{3}', '%b'],
  [/^M{1,2}/, '[\\d]{1,2}', '%m'],
  [/^d{1,2}/, '[\\d]{1,2}', '%d'],
  [/^EEEE/, '[A-Za-z]+', '%A'],
  [/^E{1,3}/, '[A-Za-z]{3}', '%a'],
  [/^H{1,2}/, '[\\d]{1,2}', '%H'],
  [/^h{1,2}/, '[\\d]{1,2}', '%I'],
  [/^m{1,2}/, '[\\d]{1,2}', '%M'],
  [/^s{1,2}/, '[\\d]{1,2}', '%S'],
  [/^S+/, '[\\d]+', '%f'],
  [/^a/, '[aApP][mM]', '%p'],
  [/^ZZ/, '[+-]\\d{2}:\\d{2}', '%:z'],
  [/^Z/, '(?:[+-]\\d{2}:?\\d{2}|Z)', '%z'],
  [/^z+/, '[A-Za-z]+', '%Z'],
  [/^X+/, '(?:[+-]\\d{2}:?\\d{2}|Z)', '%z'],
]

/** A date in Java's notation; its value is epoch ms. */
function datePiece(format: string, zone: string | undefined): Piece {
  let pattern = ''
  let strftime = ''
  let rest = format
  let fraction = false
  while (rest !== '') {
    const quoted = /^'([^']*)'/.exec(rest)
    const letter = quoted ? undefined : dateLetters.find(([r]) => r.test(rest))
    const taken = quoted?.[0] ?? letter?.[0].exec(rest)?.[0] ?? rest[0]!
    if (letter) {
      pattern += letter[1]
      strftime += letter[2] === '%f' ? '' : letter[2]
      if (letter[2] === '%f') {
        fraction = true
        strftime = strftime.replace(/[.,]$/, '%.f')
      }
    } else {
      const literal = quoted ? quoted[1]! : taken
      pattern += literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      strftime += literal.replaceAll('%', '%%')
    }
    rest = rest.slice(taken.length)
  }
  return {
    pattern,
    read: (s) => {
      const t = parseTime(fraction ? s.replace(/,(\d+)/, '.$1') : s, strftime, zone && /^[A-Za-z]/.test(zone) ? zone : 'UTC')
      return t instanceof Timestamp ? t.ms : undefined
    },
  }
}

/** Filters change, drop (`undefined`) or take apart what was matched. */
function filterOf(source: string): (v: Value) => Value | undefined {
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

/** The fields a rule finds in the whole of the text. */
export function applyRule(s: string, rule: Rule): Fields | undefined {
  const m = rule.pattern.match(s)
  if (!m) return undefined
  let out: Value = {}
  for (const { group, path, filter } of rule.targets) {
    const found = groupText(s, m, group)
    if (found === undefined) continue
    const v = filter(found)
    if (v === undefined) continue
    if (path.length === 0) {
      if (isObject(v)) out = { ...(out as Fields), ...v }
    } else {
      const before: Value | undefined = get(out, path)
      out = insert(out, path, before === undefined ? v : Array.isArray(before) ? [...before, v] : [before, v])
    }
  }
  return out as Fields
}
