import type { State } from '../ui/status.tsx'
import type { Incident } from '../wire.ts'
import { count, plural } from '../words.ts'

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

/** `GET /api/health`; also answered, with 503, when something of it is down. */
export type Health = { parts: Partial<Record<'database' | 'clickhouse' | 'paging', 'up' | 'degraded' | 'down'>> }

/** Our own health in two or three words; what is late is named. */
export function ownHealth(health: Health | undefined, failed: boolean, connected: boolean, watching: boolean): string {
  if (failed) return 'Tocsin does not answer'
  if (health?.parts.paging === 'down') return 'Pages are late'
  if (!connected) return 'Live updates interrupted'
  if (health?.parts.database && health.parts.database !== 'up') return 'Database is slow'
  if (health?.parts.clickhouse && health.parts.clickhouse !== 'up') return 'History is late · 0 lost'
  return watching ? 'Checks on time · 0 lost' : 'Ready to check'
}
