import { egress } from '../durable-objects/egress.ts'
import type { Env } from '../durable-objects/env.ts'
import { db } from '../shared/db.ts'
import { log, reason } from '../shared/log.ts'
import { claimCalendar, dueCalendars, savePoll } from '../shared/oncall/calendar-store.ts'
import { membersOf } from '../shared/oncall/schedule-store.ts'
import type { CalendarRow } from '../shared/oncall/schedule-table.ts'
import { open, ring } from '../shared/seal.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../shared/time.ts'
import { isAllowedTarget } from '../shared/uptime/checks/guard.ts'

const EVERY = 15 * MINUTE
const AT_ONCE = 20
const TIMEOUT_MS = 10 * SECOND
const BYTES_MAX = 2_000_000
const HOPS_MAX = 3
/** What is kept of what has passed, and how far ahead is read. */
const [BACK, AHEAD] = [30 * DAY, 180 * DAY]

/** What an address is sealed for. */
export const aboutUrl = (team: string) => `${team}:oncall_calendars.url`

/** Reads the calendars that are due: each every 15 minutes, a failing one less and less often, at most every 6 hours. */
export async function pollCalendars(env: Env, at: number): Promise<void> {
  const due = await dueCalendars(db(env.DB), at, AT_ONCE)
  await Promise.all(due.map((row) => pollCalendar(env, row, at)))
}

/** Reads one. What was read before stays in use while it fails; what has passed stays as it was. */
export async function pollCalendar(env: Env, row: CalendarRow, at: number): Promise<void> {
  const database = db(env.DB)
  if (!(await claimCalendar(database, row, at + EVERY))) return
  const next = { polled_at: at, next_poll_at: at + EVERY }
  try {
    const url = await open(ring(env.SECRET_KEYS), 'customer', aboutUrl(row.team), row.url)
    if (!url) throw new Error('Its address can no longer be read. Enter it again.')
    const got = await get(env, url, row.etag)
    if (!got) return await savePoll(database, row, { ...next, error: null, failures: 0 })
    const { readCalendar } = await import('../shared/oncall/calendar-in.ts')
    const people = await membersOf(database, row.team)
    const { zone } = people.find((p) => p.id === row.user_id) ?? { zone: 'UTC' }
    const whose = row.user_id ? { user: row.user_id } : { people }
    const { events, skipped } = readCalendar(got.text, {
      from: at - BACK,
      to: at + AHEAD,
      zone,
      whose,
      busyOnly: row.use === 'unavailable',
    })
    await savePoll(database, row, {
      ...next,
      events: [...passed(row, at), ...ahead(events, at)],
      etag: got.etag,
      skipped,
      error: null,
      failures: 0,
    })
  } catch (e) {
    const error = e instanceof Error ? e.message.slice(0, 300) : 'It cannot be read.'
    log('calendar-failed', { team: row.team, calendar: row.id, message: reason(e).slice(0, 200) })
    const wait = Math.min(6 * HOUR, EVERY * 2 ** row.failures)
    await savePoll(database, row, { polled_at: at, next_poll_at: at + wait, error, failures: Math.min(row.failures + 1, 10) })
  }
}

/** Who was on call stays, whatever the calendar says afterwards. At the first reading there is nothing to keep. */
const passed = ({ events, polled_at }: CalendarRow, at: number) =>
  polled_at === null ? [] : events.filter((e) => e.from < at && e.until > at - BACK).map((e) => ({ ...e, until: Math.min(e.until, at) }))
const ahead = (events: CalendarRow['events'], at: number) =>
  events.filter((e) => e.until > at).map((e) => ({ ...e, from: Math.max(e.from, at) }))

/** The text behind an address that a customer typed; null when it has not changed. Throws an Error with a sentence for people. */
async function get(env: Env, typed: string, etag: string | null): Promise<{ text: string; etag: string | null } | null> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  let url = typed.replace(/^webcals?:/i, 'https:')
  for (let hop = 0; hop <= HOPS_MAX; hop++) {
    if (!URL.canParse(url) || !isAllowedTarget(new URL(url), Boolean(env.ALLOW_PRIVATE_TARGETS)))
      throw new Error('This address is not allowed: it is private or not http.')
    const headers = { accept: 'text/calendar', ...(etag ? { 'if-none-match': etag } : {}) }
    const r = await egress(env)
      .fetch(url, { headers, redirect: 'manual', signal })
      .catch(() => {
        throw new Error(signal.aborted ? 'No answer within 10 s.' : 'It cannot be reached.')
      })
    const to = r.headers.get('location')
    if (r.status >= 300 && r.status < 400 && r.status !== 304 && to) {
      await r.body?.cancel()
      url = new URL(to, url).href
      continue
    }
    if (r.status === 304) return null
    if (!r.ok) {
      await r.body?.cancel()
      throw new Error(`It answered ${r.status}. Is the calendar still shared by this address?`)
    }
    return { text: await textOf(r), etag: r.headers.get('etag')?.slice(0, 200) ?? null }
  }
  throw new Error(`It redirects more than ${HOPS_MAX} times.`)
}

async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder()
  let [text, bytes] = ['', 0]
  for await (const part of body ?? []) {
    bytes += part.length
    if (bytes > BYTES_MAX) throw new Error('It is larger than 2 MB.')
    text += decoder.decode(part, { stream: true })
  }
  return text + decoder.decode()
}
