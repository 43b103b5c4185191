import { waitUntil } from 'cloudflare:workers'
import type { Env } from '../../durable-objects/env.ts'
import { stubs } from '../../durable-objects/stubs.ts'
import type { Batch } from '../../durable-objects/tail.ts'
import { Together } from '../../durable-objects/together.ts'
import { Upload } from '../../durable-objects/transport.ts'
import { db } from '../../shared/db.ts'
import { log, reason } from '../../shared/log.ts'
import { ANY, DOOR_CACHE_MS, readWatched } from '../../shared/logs/watched.ts'
import type { TableName } from '../../shared/warehouse/insert.ts'
import type { Body } from './body.ts'
import { Refused } from './refused.ts'
import type { Source } from './source.ts'

/** What records share (a resource, labels, a name) is written with each of them: a small body must not fill the disk with it. */
const GROWTH_MAX = 100
const ROWS_CHARS_FREE = 8_000_000
/** More of one upload nobody can watch: it is counted as dropped. */
const KEPT_CHARS = 250_000

/** An upload whose log records those who watch see once they are accepted. A source nobody watches costs a look into a map. */
export class TailedUpload extends Upload {
  private readonly door: Env
  private source: Source | undefined
  private rows: string[] = []
  private chars = 0
  private rowChars = 0
  private body: Body | undefined
  private more = 0

  constructor(env: Env) {
    super(env)
    this.door = env
  }

  /** What its rows may grow to depends on the body they are made of. */
  of(body: Body): void {
    this.body = body
  }

  /** From here on it is known whose records these are. `at` is epoch ms. */
  from(source: Source, at: number): void {
    if (maybeWatched(source, at)) this.source = source
  }

  override async add(table: TableName, ndjson: string, count: number): Promise<void> {
    this.rowChars += ndjson.length
    if (this.body && this.rowChars > ROWS_CHARS_FREE + GROWTH_MAX * this.body.size)
      throw new Refused('too-large', 'Its records share so much that they are too large. Send fewer of them at once.')
    await super.add(table, ndjson, count)
    if (table === 'logs' || table === 'spans') this.events += count
    if (!this.source || table !== 'logs') return
    if (this.chars > KEPT_CHARS) this.more += count
    else this.rows.push(ndjson)
    this.chars += ndjson.length
  }

  override async commit(): Promise<void> {
    await super.commit()
    if (this.source && this.rows.length) publishTail(this.door, this.source, this.rows.join(''), this.more)
    this.rows = []
  }
}

/** Shows accepted rows to whoever watches their source; nobody waits for it. `more` rows are not among `rows`. */
export function publishTail(env: Env, source: Pick<Source, 'id' | 'team'>, rows: string, more = 0): void {
  waitUntil(
    watchedNow(env, Date.now())
      .then((watched) => {
        const tails = new Set([...(watched.get(`${source.team}/${source.id}`) ?? []), ...(watched.get(`${source.team}/${ANY}`) ?? [])])
        return Promise.all([...tails].map((tail) => toldTo(tail).join({ source: source.id, rows, more }, rows.length)))
      })
      .catch((e) => log('tail-not-told', { message: reason(e) })),
  )
}

const TOGETHER_CHARS = 1_000_000
const TAILS_MAX = 1000
/** What several requests tell one tail shares a call. */
const told = new Map<string, Together<Batch>>()

function toldTo(tail: string): Together<Batch> {
  let found = told.get(tail)
  if (!found) {
    found = new Together(TOGETHER_CHARS, async ([first, ...also]) => stubs.tail(tail).publish({ ...first!, also }))
    if (told.size >= TAILS_MAX) told.clear()
    told.set(tail, found)
  }
  return found
}

/** Per isolate: which tails want which sources. */
let known: { watched: Map<string, string[]>; until: number } = { watched: new Map(), until: 0 }

/** True also when it is not known just now. */
const maybeWatched = ({ team, id }: Source, at: number): boolean =>
  known.until <= at || known.watched.has(`${team}/${id}`) || known.watched.has(`${team}/${ANY}`)

/** One request asks; those beside it use what was known, unless that is old. (A promise may not be shared between requests.) */
async function watchedNow(env: Env, at: number): Promise<Map<string, string[]>> {
  if (known.until > at) return known.watched
  if (known.until + 1000 > at) known = { ...known, until: at + 500 }
  const watched = await readWatched(db(env.DB), at)
  known = { watched, until: at + DOOR_CACHE_MS }
  return watched
}
