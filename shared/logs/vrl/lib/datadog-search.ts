import { display } from '../display.ts'
import { get, type Path } from '../path.ts'
import { compilePattern, Pattern } from '../regex.ts'
import { compareText, isFloat, isInteger, isString, text, toNumber, type Value } from '../value.ts'
import { readFloat } from './coerce.ts'

/** A query of Datadog's log search, ready to look at events. */
export type Search = (event: Value) => boolean

/** `undefined` for text that is no query. */
export function compileSearch(query: string): Search | undefined {
  try {
    return new SearchReader(query).whole()
  } catch (e) {
    if (e instanceof NoQuery) return undefined
    throw e
  }
}

class NoQuery {}
const noQuery = (): never => {
  throw new NoQuery()
}

/** `reserved`: one field; `attribute` when numbers in it are compared as numbers. */
type Place = { readonly reserved?: Path; readonly attribute?: boolean; readonly tag?: string; readonly words?: readonly Path[] }
type Test = (v: Value) => boolean

const reserved = new Set(['host', 'source', 'status', 'service', 'trace_id', 'message', 'timestamp', 'tags'])

class SearchReader {
  private at = 0
  private depth = 0
  private readonly s: string
  constructor(s: string) {
    this.s = s
  }

  whole(): Search {
    if (this.s.trim() === '') return () => true
    const found = this.any()
    this.space()
    return this.at < this.s.length ? noQuery() : found
  }

  private space(): void {
    while (/\s/.test(this.s[this.at] ?? '')) this.at++
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const m = pattern.exec(this.s)
    if (!m) return undefined
    this.at += m[0].length
    return m[0]
  }

  private any(): Search {
    const parts = [this.all()]
    for (this.space(); this.take(/(?:OR\b|\|\|)/y); this.space()) parts.push(this.all())
    return parts.length === 1 ? parts[0]! : (e) => parts.some((p) => p(e))
  }

  private all(): Search {
    const parts = [this.one()]
    for (;;) {
      this.space()
      this.take(/(?:AND\b|&&)/y)
      this.space()
      const c = this.s[this.at]
      if (c === undefined || c === ')' || /^(?:OR\b|\|\|)/.test(this.s.slice(this.at))) break
      parts.push(this.one())
    }
    return parts.length === 1 ? parts[0]! : (e) => parts.every((p) => p(e))
  }

  private one(): Search {
    if (++this.depth > 100) noQuery()
    this.space()
    const negated = this.take(/(?:NOT\b\s*|-(?=\S)|!(?=\S))/y) !== undefined
    const found = this.s[this.at] === '(' ? this.group() : this.term()
    this.depth--
    return negated ? (e) => !found(e) : found
  }

  private group(): Search {
    this.at++
    const found = this.any()
    this.space()
    if (this.s[this.at++] !== ')') noQuery()
    return found
  }

  private term(): Search {
    const field = this.take(/(?:@?[A-Za-z_][\w.\-@]*(?:\\.[\w.-]*)*|\*)(?=:)/y)
    if (field === undefined) {
      const word = this.value()
      return matcher(placeOf('_default_'), word)
    }
    this.at++
    if (field === '*' && this.take(/\*/y)) return () => true
    if (field === '_exists_' || field === '_missing_') {
      const name = this.take(/@?[\w.-]+/y) ?? noQuery()
      const place = placeOf(name)
      return field === '_exists_' ? (e) => present(e, place) : (e) => !present(e, place)
    }
    const place = placeOf(field)
    const comparison = this.take(/(?:>=|<=|>|<)/y)
    if (comparison !== undefined)
      return matcher(place, { comparison, bound: unquoted(this.take(/"(?:\\.|[^"\\])*"|[^\s()]+/y) ?? noQuery()) })
    const range = /([[{])\s*("[^"]*"|\S+)\s+TO\s+("[^"]*"|[^\s\]}]+)\s*([\]}])/y
    range.lastIndex = this.at
    const m = range.exec(this.s)
    if (m) {
      this.at += m[0].length
      const low: Wanted = { comparison: m[1] === '[' ? '>=' : '>', bound: unquoted(m[2]!) }
      const high: Wanted = { comparison: m[4] === ']' ? '<=' : '<', bound: unquoted(m[3]!) }
      const [a, b] = [m[2] === '*' ? undefined : matcher(place, low), m[3] === '*' ? undefined : matcher(place, high)]
      return (e) => (a?.(e) ?? true) && (b?.(e) ?? true) && present(e, place)
    }
    if (this.s[this.at] === '(') return this.values(place)
    return matcher(place, this.value())
  }

  /** `field:(a OR b)`. */
  private values(place: Place): Search {
    const inner = /\(([^()]*)\)/y
    inner.lastIndex = this.at
    const m = inner.exec(this.s) ?? noQuery()
    this.at += m[0].length
    const alternatives = m[1]!.split(/\s+OR\s+/).map((part) =>
      part
        .trim()
        .split(/\s+AND\s+|\s+/)
        .map((w) => matcher(place, wantedOf(w))),
    )
    return (e) => alternatives.some((all) => all.every((t) => t(e)))
  }

  private value(): Wanted {
    const quoted = this.take(/"(?:\\[\s\S]|[^"\\])*"/y)
    if (quoted !== undefined) return { phrase: quoted.slice(1, -1).replace(/\\([\s\S])/g, '$1') }
    const word = this.take(/(?:\\[\s\S]|[^\s()"%[\]{}^~])+/y) ?? noQuery()
    if (/^[%^~[\]{}"]/.test(this.s[this.at] ?? '')) noQuery()
    return wantedOf(word)
  }
}

type Wanted = { readonly phrase: string } | { readonly pattern: string } | { readonly comparison: string; readonly bound: string }

const unquoted = (s: string): string => s.replace(/^"|"$/g, '')
const wantedOf = (word: string): Wanted => (/(?<!\\)[*?]/.test(word) ? { pattern: word } : { phrase: word.replace(/\\([\s\S])/g, '$1') })

function placeOf(name: string): Place {
  if (name === '_default_')
    return { words: [['message'], ['custom', 'error', 'message'], ['custom', 'error', 'stack'], ['custom', 'title'], ['_default_']] }
  if (name.startsWith('@')) return { reserved: name.slice(1).split('.'), attribute: true }
  return reserved.has(name) ? { reserved: [name] } : { tag: name }
}

function present(event: Value, place: Place): boolean {
  if (place.reserved) return get(event, place.reserved) !== undefined
  if (place.tag !== undefined) return tags(event).some((t) => t === place.tag || t.startsWith(`${place.tag}:`))
  return place.words!.some((p) => get(event, p) !== undefined)
}

function tags(event: Value): string[] {
  const v = get(event, ['tags'])
  return Array.isArray(v) ? v.filter(isString).map((t) => text(t)) : []
}

function matcher(place: Place, wanted: Wanted): Search {
  if (place.words) {
    const test = wordTest(wanted)
    return (e) => place.words!.some((p) => test(get(e, p) ?? null))
  }
  const test = valueTest(wanted, place.attribute === true)
  // the reference compares the values of all tags, whatever their names
  if (place.tag !== undefined && 'comparison' in wanted)
    return (e) => tags(e).some((t) => t.includes(':') && test(t.slice(t.indexOf(':') + 1)))
  if (place.tag !== undefined) return (e) => tags(e).some((t) => t.startsWith(`${place.tag}:`) && test(t.slice(place.tag!.length + 1)))
  if (place.reserved!.length === 1 && place.reserved![0] === 'tags') return (e) => tags(e).some((t) => test(t))
  return (e) => {
    const v = get(e, place.reserved!)
    return v !== undefined && test(v)
  }
}

const escaped = (s: string): string => s.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
const wildcard = (s: string): string =>
  s.replace(/\\([\s\S])|[*?]|[^\\*?]+/g, (part, c: string | undefined) =>
    c !== undefined ? escaped(c) : part === '*' ? '.*' : part === '?' ? '.' : escaped(part),
  )

/** A whole word or phrase anywhere in a text. */
function wordTest(wanted: Wanted): Test {
  if ('comparison' in wanted) return valueTest(wanted, false)
  const p = fixedPattern(`(?i)\\b${'phrase' in wanted ? escaped(wanted.phrase) : wildcard(wanted.pattern)}\\b`)
  return (v) => isString(v) && p.test(text(v))
}

function valueTest(wanted: Wanted, asNumbers: boolean): Test {
  if ('phrase' in wanted) return (v) => asText(v) === wanted.phrase
  if ('pattern' in wanted) {
    const p = fixedPattern(`(?s)^${wildcard(wanted.pattern)}$`)
    return (v) => p.test(asText(v))
  }
  const bound = asNumbers ? readFloat(wanted.bound) : undefined
  return (v) => {
    const n = isInteger(v) || isFloat(v) ? toNumber(v) : undefined
    const order = n !== undefined && bound !== undefined ? n - bound : compareText(asText(v), wanted.bound)
    return { '>': order > 0, '>=': order >= 0, '<': order < 0, '<=': order <= 0 }[wanted.comparison]!
  }
}

const asText = (v: Value): string => (isString(v) ? text(v) : display(v))

function fixedPattern(source: string): Pattern {
  const p = compilePattern(source)
  return p instanceof Pattern ? p : noQuery()
}
