import { get, insert, type Path } from '../path.ts'
import { compilePattern, groupText, Pattern } from '../regex.ts'
import { parseTime } from '../strptime.ts'
import { type Fields, fail, integer, isObject, Timestamp, type Value } from '../value.ts'
import { callOf, filterOf, real } from './datadog-grok-filters.ts'
import { grokPatterns } from './grok-patterns.ts'

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
