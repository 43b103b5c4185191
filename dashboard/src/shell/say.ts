import type { State } from '../ui/status.tsx'
import type { Incident } from '../wire.ts'
import { clock, count, day, duration, plural, weekday } from '../words.ts'

export type Said = { state: State; tone: 'up' | 'warn' | 'down' | 'idle'; sentence: string; more?: string; since?: string; href?: string }

/** What is true now, in one sentence. Red: nobody has it. Amber: someone does. */
export function say(
  incidents: readonly Incident[] | undefined,
  watched: { total: number; down: number; up: number } | undefined,
  failed = false,
): Said {
  if (!incidents) return { state: 'pending', tone: 'idle', sentence: failed ? 'Whether something is open is not known' : 'Looking' }
  const [first] = incidents
  if (first) {
    const unclaimed = incidents.filter((i) => i.status === 'OPEN').length
    const href = incidents.length === 1 ? `/incidents/${first.id}` : '/incidents'
    const who = first.acknowledged_by ? ` · ${first.acknowledged_by.name.split(' ')[0]} has it` : ''
    if (unclaimed)
      return {
        state: 'down',
        tone: 'down',
        sentence: `${plural(incidents.length, 'incident')}, nobody has ${unclaimed < incidents.length ? count(unclaimed) : unclaimed > 1 ? 'them' : 'it'} yet`,
        more: ` · ${first.title}`,
        since: first.started_at,
        href,
      }
    return {
      state: 'acknowledged',
      tone: 'warn',
      sentence: `${plural(incidents.length, 'incident')} open`,
      more: ` · ${first.title}${who}`,
      since: first.started_at,
      href,
    }
  }
  if (!watched) return { state: 'pending', tone: 'idle', sentence: 'Nothing open' }
  if (!watched.total) return { state: 'pending', tone: 'idle', sentence: 'Nothing is watched yet', href: '/start' }
  if (watched.down)
    return {
      state: 'down',
      tone: 'down',
      sentence: `${plural(watched.down, 'monitor')} down`,
      more: ' · no incident is open',
      href: '/monitors?state=down',
    }
  return { state: 'up', tone: 'up', sentence: 'Nothing open', more: ` · ${count(watched.up)} of ${plural(watched.total, 'monitor')} up` }
}

/** One schedule and who has it now; `until` null when no end is in sight. */
export type OnCallNow = { schedule: string; user: string | null; until: string | null }
export type SaidOnCall = { text: string; title: string; nobody: boolean; schedule: string }

/** Who is on call, in a few words: a schedule that nobody has comes first, then one's own, then the first of the list. Null without schedules. */
export function sayOnCall(
  all: readonly OnCallNow[],
  { me, scheduleName, personName, zone, now }: {
    me: string
    scheduleName: (id: string) => string
    personName: (id: string) => string
    zone: string
    now: number
  },
): SaidOnCall | null {
  const first = all.find((o) => o.user === null) ?? all.find((o) => o.user === me) ?? all[0]
  if (!first) return null
  const of = scheduleName(first.schedule)
  if (first.user === null) return { text: `Nobody is on call, ${of}`, title: `${of}: nobody is on call`, nobody: true, schedule: first.schedule }
  const name = first.user === me ? 'You' : personName(first.user)
  const people = new Set(all.map((o) => o.user)).size
  const more = people > 1 ? ` and ${plural(people - 1, 'other')}` : untilWords(first.until, zone, now)
  const title = all.slice(0, 6).map((o) => `${scheduleName(o.schedule)}: ${o.user === null ? 'nobody' : personName(o.user)}`).join(' · ')
  return { text: `${name}${more}`, title: `On call now · ${title}`, nobody: false, schedule: first.schedule }
} // biome-ignore format: a sentence

/** " until 18:00" today, else " until Mon 30 Nov". */
function untilWords(until: string | null, zone: string, now: number): string {
  if (!until) return ''
  const at = Date.parse(until)
  return ` until ${day(at, zone, now) === day(now, zone, now) ? clock(at, zone, false) : weekday(at, zone, now)}`
}

/** What is shown of `GET /api/health`; also answered, with 503, when something of it is down. */
export type Health = {
  parts: Partial<Record<'database' | 'clickhouse' | 'paging' | 'checks', 'up' | 'degraded' | 'down'>>
  measured_at?: string | null
  shard_lag_ms?: number | null
  checks_late?: number | null
  checks_lost_24h?: number | null
  spool_rows?: number | null
  spool_oldest_ms?: number | null
}

/** Checks that begin this much later than they should are late; the wheel's steps stay under it. */
const LATE_MS = 5000
/** Rows on their way for longer than this: history is behind. */
const BEHIND_MS = 60_000

/** Our own health in a few words; what is late or lost is named, and nothing is called on time that nobody measured. */
export function ownHealth(health: Health | undefined, failed: boolean, connected: boolean, watching: boolean): string {
  if (failed) return 'Tocsin does not answer'
  if (health?.parts.paging === 'down') return 'Pages are late'
  if (!connected) return 'Live updates interrupted'
  if (health?.parts.database && health.parts.database !== 'up') return 'Database is slow'
  const lost = health?.checks_lost_24h ?? 0
  const losing = `${count(lost)} lost${lost ? ' in 24 h' : ''}`
  if (health?.parts.clickhouse && health.parts.clickhouse !== 'up') return `History is late · ${losing}`
  if ((health?.spool_oldest_ms ?? 0) > BEHIND_MS) return `History is ${duration(health!.spool_oldest_ms!)} behind · ${losing}`
  if (!watching) return 'Ready to check'
  if (!health) return 'Looking'
  if (!health.measured_at) return 'Checks not measured yet'
  if ((health.shard_lag_ms ?? 0) > LATE_MS) return `Checks ${duration(health.shard_lag_ms!)} late · ${losing}`
  if (health.parts.checks === 'degraded' && !lost) return 'Checks not measured lately'
  return `Checks on time · ${losing}`
}

/** The gauges behind those words, for whoever points at them. */
export function healthTitle(health: Health | undefined): string {
  if (!health?.measured_at) return 'Our own health: late checks, checks lost'
  return [
    `Longest wait of a check in the last minute: ${duration(health.shard_lag_ms ?? 0)}`,
    `${count(health.checks_late ?? 0)} began more than a second late`,
    `${count(health.checks_lost_24h ?? 0)} lost in 24 h`,
    `${count(health.spool_rows ?? 0)} rows on their way to history`,
  ].join(' · ')
}
