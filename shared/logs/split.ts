/** Bytes of a group: big enough that parsing it costs no more than parsing the whole, small enough that twenty bodies of 20 MB at once never stand in memory as objects. */
const GROUP_BYTES = 64 * 1024
export const RECORD_BYTES_MAX = 1_000_000

const [QUOTE, BACKSLASH, COMMA, NEWLINE] = [0x22, 0x5c, 0x2c, 0x0a]
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d]
const [START, SEPARATOR, END] = [Uint8Array.of(OPEN_BRACKET), Uint8Array.of(COMMA), Uint8Array.of(CLOSE_BRACKET)]
const isSpace = (byte: number) => byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09

/** What a body cannot be: `at` counts bytes. */
export type SplitError = { error: 'not-json' | 'record-too-large'; at: number }

/**
 * Cuts a body of JSON (one object, objects after one another as in NDJSON, or one array) into groups of whole records while it
 * arrives. A group is the text of an array: `JSON.parse(group)` gives its records. Nothing but nesting and strings is looked at.
 */
export class Splitter {
  private mode: 'unknown' | 'array' | 'sequence' | 'done' = 'unknown'
  private depth = 0
  private inString = false
  private escaped = false
  /** The group being collected, `[` first; copied, because the network's buffer would be kept alive by a view of it, and into one place, because a buffer per record costs more than the record. */
  private buffer = new Uint8Array(64 * 1024)
  private filled = 0
  private records = 0
  private recordBytes = 0
  private seen = 0
  /** Where the next backslash of this chunk is, so that it is looked for once and not for every string. */
  private slash = -1;

  /** Feeds bytes; yields groups as they fill. Throws `SplitError`. */
  *push(chunk: Uint8Array): Generator<string> {
    let start = 0
    let i = 0
    this.slash = -1
    while (i < chunk.length) {
      if (this.inString) {
        i = this.endOfString(chunk, i)
        continue
      }
      const byte = chunk[i]!
      if (this.depth === 0 && this.recordBytes === 0 && i === start) {
        // between records
        if (
          isSpace(byte) ||
          (byte === COMMA && this.mode !== 'unknown') ||
          byte === 0xef ||
          byte === 0xbb ||
          byte === 0xbf ||
          byte === 0x1e
        ) {
          start = ++i
          continue
        }
        if (this.mode === 'unknown') {
          this.mode = byte === OPEN_BRACKET ? 'array' : 'sequence'
          if (this.mode === 'array') {
            start = ++i
            continue
          }
        }
        if (this.mode === 'done') throw this.wrong('not-json', i)
        if (this.mode === 'array' && byte === CLOSE_BRACKET) {
          this.mode = 'done'
          start = ++i
          continue
        }
      }
      if (byte === QUOTE) this.inString = true
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.depth += 1
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (this.depth === 0) {
          // the array ends after a bare value
          if (this.mode !== 'array' || byte !== CLOSE_BRACKET) throw this.wrong('not-json', i)
          this.keep(chunk.subarray(start, i), i)
          yield* this.complete()
          this.mode = 'done'
          start = ++i
          continue
        }
        this.depth -= 1
        if (this.depth === 0) {
          this.keep(chunk.subarray(start, i + 1), i)
          yield* this.complete()
          start = ++i
          continue
        }
      } else if (this.depth === 0 && (byte === COMMA || byte === NEWLINE)) {
        // a bare value: a string or number as a record
        this.keep(chunk.subarray(start, i), i)
        yield* this.complete()
        start = ++i
        continue
      }
      i += 1
    }
    this.keep(chunk.subarray(start), chunk.length)
    this.seen += chunk.length
  }

  /** The last group, if any. A body cut in the middle of a record, or of an array, is not JSON. */
  *end(): Generator<string> {
    if (this.inString || this.depth) throw this.wrong('not-json', 0)
    if (this.recordBytes) yield* this.complete()
    if (this.mode === 'array' || this.mode === 'unknown') throw this.wrong('not-json', 0)
    if (this.records) yield this.take()
  }

  private endOfString(chunk: Uint8Array, from: number): number {
    let i = from
    if (this.escaped) {
      this.escaped = false
      i += 1
    }
    for (;;) {
      const quote = chunk.indexOf(QUOTE, i)
      const limit = quote < 0 ? chunk.length : quote
      if (this.slash < i) this.slash = chunk.indexOf(BACKSLASH, i)
      if (this.slash < 0) this.slash = chunk.length
      const { slash } = this
      if (slash >= limit) {
        this.inString = quote < 0
        return quote < 0 ? chunk.length : quote + 1
      }
      if (slash + 1 >= chunk.length) {
        this.escaped = true
        return chunk.length
      }
      i = slash + 2
    }
  }

  private keep(part: Uint8Array, at: number): void {
    if (!part.length) return
    if (!this.recordBytes) this.append(this.records ? SEPARATOR : START)
    this.recordBytes += part.length
    if (this.recordBytes > RECORD_BYTES_MAX) throw this.wrong('record-too-large', at)
    this.append(part)
  }

  private append(part: Uint8Array): void {
    if (this.filled + part.length > this.buffer.length) {
      const larger = new Uint8Array(Math.max(2 * this.buffer.length, this.filled + part.length))
      larger.set(this.buffer.subarray(0, this.filled))
      this.buffer = larger
    }
    this.buffer.set(part, this.filled)
    this.filled += part.length
  }

  private *complete(): Generator<string> {
    this.records += 1
    this.recordBytes = 0
    if (this.filled >= GROUP_BYTES) yield this.take()
  }

  private take(): string {
    this.append(END)
    const text = new TextDecoder().decode(this.buffer.subarray(0, this.filled))
    this.filled = 0
    this.records = 0
    return text
  }

  private wrong(error: SplitError['error'], at: number): SplitError {
    return { error, at: this.seen + at }
  }
}

/** Integers that a double would round: nanoseconds, ids. They are kept as text. */
const BIG = /[:,[\s]-?[0-9]{16}/
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/g
const BIG_INTEGER = /^-?[0-9]{16,}$/

/** Records of a group. Integers of more than 15 digits come as text, every digit of them. Throws `SyntaxError`. */
export function parseRecords(group: string): unknown[] {
  if (!BIG.test(group)) return JSON.parse(group)
  return JSON.parse(group.replace(STRING_OR_NUMBER, (found) => (BIG_INTEGER.test(found) ? `"${found}"` : found)))
}
