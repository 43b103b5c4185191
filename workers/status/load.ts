import type { Env } from '../../durable-objects/env.ts'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { db } from '../../shared/db.ts'
import { log, reason } from '../../shared/log.ts'
import { readLastCheck } from '../../shared/status-pages/history.ts'
import { partsOf } from '../../shared/status-pages/parts.ts'
import { reportsSince } from '../../shared/status-pages/reports.ts'
import type { Head } from '../../shared/status-pages/state.ts'
import type { Found } from '../../shared/status-pages/store.ts'
import { type Facts, HISTORY_DAYS } from '../../shared/status-pages/view.ts'
import { DAY } from '../../shared/time.ts'
import type { StateChange } from '../../shared/uptime/availability.ts'
import { readStates } from '../../shared/uptime/history.ts'
import { getMonitors } from '../../shared/uptime/store.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { remember, remembered } from './cache.ts'
import { soon } from './soon.ts'

/** What outlives the answer. */
export type Later = Pick<ExecutionContext, 'waitUntil'>

/** Changes of state older than this are asked again; a bump of the revision asks at once. */
const HISTORY_FRESH_S = 30
/** Visitors do not wait for history: what takes longer counts as unavailable. */
const PATIENCE_MS = 1500

/** Per isolate: what was read for a revision of a page within the last second. Many forms of one page cost one reading. */
const recent = new Map<string, { facts: Facts; until: number }>()
const RECENT_MS = 1000
const RECENT_MAX = 20

/** Everything a page is rendered from. Only D1 has to answer; without ClickHouse the last known history stands, or none. */
export async function load(env: Env, ctx: Later, found: Found, at: number): Promise<Facts> {
  const key = `${found.page.id}/${found.revision}/${env.CLICKHOUSE_URL}`
  const known = recent.get(key)
  if (known && known.until > at) return known.facts
  const facts = await read(env, ctx, found, at)
  if (recent.size >= RECENT_MAX) recent.clear()
  recent.set(key, { facts, until: at + RECENT_MS })
  return facts
}

async function read(env: Env, ctx: Later, { page, revision }: Found, at: number): Promise<Facts> {
  const database = db(env.DB)
  const [{ sections, resources }, reports] = await Promise.all([
    partsOf(database, page.team, page.id),
    reportsSince(database, page.team, page.id, at - (HISTORY_DAYS + 1) * DAY),
  ])
  const monitors = [...new Set(resources.map((r) => r.resource_id))]
  const [rows, history, lastCheckAt] = await Promise.all([
    getMonitors(database, page.team, monitors),
    changes(env, ctx, { page, revision }, monitors, at),
    soon(readLastCheck(clickhouse(clickhouseOf(env)), page.team, monitors, at), PATIENCE_MS).catch((e) => {
      log('status-page-last-check-unavailable', { page: page.id, message: reason(e) })
      return null
    }),
  ])
  const heads = new Map<string, Head>(
    rows.map(({ monitor, status, head }) => [
      monitor.id,
      { status, incident_id: head?.incident_id ?? null, status_since: head?.status_since ?? monitor.created_at },
    ]),
  )
  return { page, sections, resources, reports, heads, changes: history.changes, changesFrom: history.asOf, lastCheckAt }
}

type Kept = { at: number; changes: [string, StateChange[]][] }

async function changes(env: Env, ctx: Later, { page, revision }: Found, monitors: string[], at: number) {
  const fresh = `history/${page.id}/${revision}`
  const last = `history/${page.id}`
  const kept = (await (await remembered(fresh))?.json()) as Kept | undefined
  if (kept) return { changes: new Map(kept.changes), asOf: null }
  try {
    const found = await soon(readStates(clickhouse(clickhouseOf(env)), page.team, monitors, at - (HISTORY_DAYS + 1) * DAY, at), PATIENCE_MS)
    const text = JSON.stringify({ at, changes: [...found] } satisfies Kept)
    ctx.waitUntil(Promise.all([remember(fresh, new Response(text), HISTORY_FRESH_S), remember(last, new Response(text), DAY / 1000)]))
    return { changes: found, asOf: null }
  } catch (e) {
    log('status-page-history-unavailable', { page: page.id, message: reason(e) })
    const old = (await (await remembered(last))?.json()) as Kept | undefined
    return old ? { changes: new Map(old.changes), asOf: old.at } : { changes: null, asOf: null }
  }
}
