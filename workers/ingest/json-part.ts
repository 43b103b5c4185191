import { Refused } from './refused.ts'

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a]
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d]
/** A body up to here is parsed at once; a larger one part by part. */
const WHOLE_BYTES = 1_000_000

const broken = () => new Refused('unreadable', "Couldn't parse JSON content.")

/** What both readings of a message offer: `Part` of protobuf.ts has the same. */
export interface JsonPart {
  each(name: string): Iterable<JsonPart>
  one(name: string): JsonPart | undefined
  // biome-ignore-start lint/suspicious/noExplicitAny: what a client sent
  /** At least the members that are no objects and no arrays. */
  head(): any
  value(): any
  // biome-ignore-end lint/suspicious/noExplicitAny: what a client sent
  readonly size: number
}

/** The same for JSON: objects in arrays in objects, read without parsing more than one record of a large body at once. */
export const jsonPart = (bytes: Uint8Array): JsonPart =>
  bytes.length <= WHOLE_BYTES ? new Parsed(parse(bytes), bytes.length) : new Unparsed(bytes, 0, bytes.length)

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw broken()
  }
}

class Parsed implements JsonPart {
  private readonly object: unknown
  readonly size: number
  constructor(object: unknown, size: number) {
    this.object = object
    this.size = size
  }
  *each(name: string): Generator<JsonPart> {
    const list = this.member(name) ?? []
    if (!Array.isArray(list)) throw new Refused('unreadable', `${name} is not an array.`)
    for (const item of list) yield new Parsed(item, 0)
  }
  one(name: string): JsonPart | undefined {
    const member = this.member(name)
    return member === undefined || member === null ? undefined : new Parsed(member, 0)
  }
  head() {
    return this.object
  }
  value() {
    return this.object
  }
  private member(name: string): unknown {
    const { object } = this
    if (typeof object !== 'object' || object === null || Array.isArray(object))
      throw new Refused('unreadable', `${name} is looked for in something that is no object.`)
    return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined
  }
}

class Unparsed implements JsonPart {
  private readonly bytes: Uint8Array
  private readonly from: number
  private readonly to: number
  private found: Map<string, [from: number, to: number]> | undefined

  constructor(bytes: Uint8Array, from: number, to: number) {
    this.bytes = bytes
    this.from = from
    this.to = to
  }

  get size(): number {
    return this.to - this.from
  }

  *each(name: string): Generator<JsonPart> {
    const range = this.members().get(name)
    if (!range || this.bytes[range[0]] === 0x6e) return
    let [at] = range
    if (this.bytes[at] !== OPEN_BRACKET) throw new Refused('unreadable', `${name} is not an array.`)
    at = this.past(at + 1)
    while (this.bytes[at] !== CLOSE_BRACKET) {
      const end = this.endOf(at)
      yield new Unparsed(this.bytes, at, end)
      at = this.past(end)
      if (this.bytes[at] === COMMA) at = this.past(at + 1)
      else if (this.bytes[at] !== CLOSE_BRACKET) throw broken()
    }
  }

  one(name: string): JsonPart | undefined {
    const range = this.members().get(name)
    return range && this.bytes[range[0]] !== 0x6e ? new Unparsed(this.bytes, ...range) : undefined
  }

  head() {
    const flat = [...this.members()].filter(([, [at]]) => this.bytes[at] !== OPEN_BRACE && this.bytes[at] !== OPEN_BRACKET)
    return Object.fromEntries(flat.map(([name, range]) => [name, parse(this.bytes.subarray(...range))]))
  }

  value() {
    return parse(this.bytes.subarray(this.from, this.to))
  }

  private members(): Map<string, [number, number]> {
    if (this.found) return this.found
    this.found = new Map()
    let at = this.past(this.from)
    if (this.bytes[at] !== OPEN_BRACE) throw broken()
    at = this.past(at + 1)
    while (this.bytes[at] !== CLOSE_BRACE) {
      if (this.bytes[at] !== QUOTE) throw broken()
      const nameEnd = this.endOf(at)
      const name = String(parse(this.bytes.subarray(at, nameEnd)))
      at = this.past(nameEnd)
      if (this.bytes[at] !== COLON) throw broken()
      at = this.past(at + 1)
      const end = this.endOf(at)
      this.found.set(name, [at, end])
      at = this.past(end)
      if (this.bytes[at] === COMMA) at = this.past(at + 1)
      else if (this.bytes[at] !== CLOSE_BRACE) throw broken()
    }
    if (this.from === 0 && this.to === this.bytes.length && this.past(at + 1) < this.to) throw broken()
    return this.found
  }

  /** The next byte that is no space. */
  private past(from: number): number {
    let at = from
    for (let byte = this.bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = this.bytes[at]) at += 1
    return at
  }

  /** Where the value that begins here ends. Nothing but strings and nesting is looked at. */
  private endOf(from: number): number {
    const { bytes, to } = this
    let depth = 0
    let at = from
    for (; at < to; at++) {
      const byte = bytes[at]!
      if (byte === QUOTE) {
        at = this.endOfString(at)
        if (!depth) return at + 1
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (!depth) break
        depth -= 1
        if (!depth) return at + 1
      } else if (!depth && (byte === COMMA || byte === COLON)) break
    }
    if (depth || at === from || at >= to) throw broken()
    return at
  }

  /** The closing quote of the string whose opening quote is at `from`. */
  private endOfString(from: number): number {
    for (let at = from + 1; at < this.to; at++) {
      if (this.bytes[at] === BACKSLASH) at += 1
      else if (this.bytes[at] === QUOTE) return at
    }
    throw broken()
  }
}
