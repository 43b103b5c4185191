import type { SearchedRow } from './search/row.ts'

/** At most four frames a second, of at most a hundred events: more nobody can read (PLATFORM §5). */
export const FRAME_MS = 250
export const FRAME_EVENTS = 100
const FRAME_CHARS = 1_000_000
/** A larger record is shown without its attributes. */
const EVENT_CHARS = 100_000
const RECENT_EVENTS = 2000
const RECENT_CHARS = 8_000_000

/** What somebody watches: a search, and the sources (null: all that come by). */
export type Filter = { query: string; sources: string[] | null }
export const sameFilter = ({ query, sources }: Filter): string => JSON.stringify([query, sources && [...sources].sort()])

/** An accepted record on its way to those who watch: read at most once, written at most once, however many they are. */
export class Seen {
  readonly seq: number
  readonly source: string
  /** The line of NDJSON that the door made for the table. */
  readonly text: string
  private read: SearchedRow | undefined
  private written: string | undefined

  constructor(seq: number, source: string, text: string) {
    this.seq = seq
    this.source = source
    this.text = text
  }

  get row(): SearchedRow {
    if (!this.read) {
      const { timestamp, source_id, level, service, message, attributes, trace_id, span_id } = JSON.parse(this.text) as SearchedRow
      this.read = { timestamp, source_id, level, service, message, attributes, trace_id, span_id }
    }
    return this.read
  }

  get json(): string {
    this.written ??= JSON.stringify(this.text.length > EVENT_CHARS ? shortened(this.row) : this.row)
    return this.written
  }
}

const shortened = (row: SearchedRow): SearchedRow => ({
  ...row,
  message: row.message.slice(0, 10_000),
  attributes: { '_tocsin.truncated': 'too large for the live tail' },
})

/** The last records, for those who come back. `floor`: whatever came after it and is not held never came. */
export class Recent {
  floor: number
  private held: Seen[] = []
  private head = 0
  private chars = 0

  constructor(floor: number) {
    this.floor = floor
  }

  add(seen: Seen): void {
    this.held.push(seen)
    this.chars += seen.text.length
    while (this.held.length - this.head > RECENT_EVENTS || this.chars > RECENT_CHARS) {
      const gone = this.held[this.head]!
      this.floor = gone.seq
      this.chars -= gone.text.length
      this.head += 1
    }
    if (this.head > RECENT_EVENTS) {
      this.held = this.held.slice(this.head)
      this.head = 0
    }
  }

  /** In order. */
  after(seq: number): Seen[] {
    let from = this.held.length
    while (from > this.head && this.held[from - 1]!.seq > seq) from -= 1
    return this.held.slice(from)
  }
}

/** Everybody who watches with one filter. `finds` is its search; null finds everything, so that nothing need be read before it is shown. */
export class Watch {
  readonly filter: Filter
  private readonly finds: ((row: SearchedRow) => boolean) | null
  private readonly sources: Set<string> | null
  private events: Seen[] = []
  private dropped = 0
  private seq = 0

  constructor(filter: Filter, finds: ((row: SearchedRow) => boolean) | null) {
    this.filter = filter
    this.finds = finds
    this.sources = filter.sources && new Set(filter.sources)
  }

  get all(): boolean {
    return this.finds === null
  }

  sees(source: string): boolean {
    return this.sources === null || this.sources.has(source)
  }

  matches(seen: Seen): boolean {
    return this.sees(seen.source) && (this.finds === null || this.finds(seen.row))
  }

  offer(seen: Seen): void {
    if (!this.matches(seen)) return
    this.seq = seen.seq
    this.events.push(seen)
    if (this.events.length < 2 * FRAME_EVENTS) return
    this.events = this.events.slice(FRAME_EVENTS)
    this.dropped += FRAME_EVENTS
  }

  /** Events that came by and were not looked at. */
  missed(count: number, seq: number): void {
    this.seq = seq
    this.dropped += count
  }

  get pending(): boolean {
    return this.events.length > 0 || this.dropped > 0
  }

  /** What came since the last frame. */
  frame(): string {
    const text = frameOf(this.events, this.dropped, this.seq)
    this.events = []
    this.dropped = 0
    return text
  }
}

/** The newest that fit, in order; older ones are counted. `cursor` continues after this frame. */
export function frameOf(events: readonly Seen[], dropped: number, seq: number): string {
  const shown: string[] = []
  let chars = 0
  for (let i = events.length - 1; i >= 0 && shown.length < FRAME_EVENTS; i--) {
    const { json } = events[i]!
    chars += json.length
    if (chars > FRAME_CHARS && shown.length) break
    shown.push(json)
  }
  return `{"type":"events","events":[${shown.reverse().join()}],"dropped":${dropped + events.length - shown.length},"cursor":"${seq}"}`
}

/** Sequence numbers rise with time, also over a restart: a cursor of before is older than everything after. */
export const nextSeq = (last: number, at: number): number => Math.max(last + 1, at * 1000)
export const isCursor = (text: string): boolean => /^\d{1,16}$/.test(text)
