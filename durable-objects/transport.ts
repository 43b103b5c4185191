import { newId } from '../shared/ids.ts'
import type { ClickHouse, TableName } from '../shared/warehouse/insert.ts'
import type { Env } from './env.ts'
import { queueWay } from './queue-transport.ts'
import { stubs } from './stubs.ts'
import { Together } from './together.ts'

/**
 * Hands `count` rows of NDJSON to the way to ClickHouse. When this returns they are on disk and will arrive, once each;
 * a full spool throws `degraded` with `retryAfter`, and the caller still holds its rows. Times are RFC 3339 strings.
 */
export async function sendRows(env: Env, table: TableName, ndjson: string, count: number): Promise<void> {
  await spoolOf(env, table).accept({ table, ndjson, count })
}

/** A body larger than this goes in parts; a smaller one is one call, or shares one with others. */
const PART_CHARS = 250_000
const TOGETHER_CHARS = 1_000_000

type Held = { text: string; count: number; parts: number }

/**
 * The rows of one body: what is added is stored by `commit`, of one table all at once, or not at all. Memory holds at most
 * PART_CHARS of each table; the rest waits on disk. Several tables commit one after another in the order of their first row,
 * so rows of a later table never stand without those of an earlier.
 */
export class Upload {
  private readonly env: Env
  private named: string | undefined
  private readonly held = new Map<TableName, Held>()
  /** Records, spans or points in it: what a source is charged. */
  events = 0

  constructor(env: Env) {
    this.env = env
  }

  /** `count` rows of NDJSON, each ending with a newline. */
  async add(table: TableName, ndjson: string, count: number): Promise<void> {
    const held = this.held.get(table) ?? { text: '', count: 0, parts: 0 }
    this.held.set(table, held)
    held.text += ndjson
    held.count += count
    if (held.text.length >= PART_CHARS) await this.stage(table, held)
  }

  /** When this returns every row is on disk and will arrive, once. Throws `degraded` with `retryAfter`: then the body must be sent again. */
  async commit(): Promise<void> {
    // what can be refused is refused before the first table is stored
    for (const [table, held] of this.held) if (held.parts && held.count) await this.stage(table, held)
    for (const [table, { text, count, parts }] of this.held) {
      const spool = spoolOf(this.env, table)
      if (parts) await spool.commit({ upload: this.id, parts })
      else if (count)
        await (this.env.TRANSPORT === 'queue' ? spool.accept({ table, ndjson: text, count }) : spoolTogether(table, text, count))
    }
    this.held.clear()
  }

  /** Nothing of it is kept; never throws. What cannot be reached is dropped there after a while. */
  async drop(): Promise<void> {
    const staged = [...this.held].filter(([, { parts }]) => parts)
    this.held.clear()
    await Promise.allSettled(staged.map(([table]) => spoolOf(this.env, table).abandon({ upload: this.id })))
  }

  /** Most bodies are one call and need none. */
  private get id(): string {
    this.named ??= newId()
    return this.named
  }

  private async stage(table: TableName, held: Held): Promise<void> {
    const { text, count, parts } = held
    Object.assign(held, { text: '', count: 0, parts: parts + 1 })
    await spoolOf(this.env, table).stage({ upload: this.id, part: parts, table, ndjson: text, count })
  }
}

const spoolOf = (env: Env, table: TableName) => (env.TRANSPORT === 'queue' ? queueWay(env, table) : stubs.spool(table))

type Rows = { text: string; count: number }
/** Small bodies of several requests share a call, a value of the log and a write to the disk. */
const together = new Map<TableName, Together<Rows>>()

function spoolTogether(table: TableName, text: string, count: number): Promise<void> {
  let joined = together.get(table)
  if (!joined) {
    joined = new Together(TOGETHER_CHARS, async (bodies) => {
      // as bytes: one character beyond Latin-1 would double a text on its way
      const ndjson = new TextEncoder().encode(bodies.length === 1 ? bodies[0]!.text : bodies.map((b) => b.text).join(''))
      await stubs.spool(table).accept({ table, ndjson, count: bodies.reduce((n, b) => n + b.count, 0) })
    })
    together.set(table, joined)
  }
  return joined.join({ text, count }, text.length)
}

/** ClickHouse as the settings name it. */
export const clickhouseOf = (env: Env): ClickHouse => ({
  url: env.CLICKHOUSE_URL,
  user: env.CLICKHOUSE_USER,
  password: env.CLICKHOUSE_PASSWORD ?? '',
})
