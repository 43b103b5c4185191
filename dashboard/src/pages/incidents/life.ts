import type { IncidentBody, TimelineBody } from '../../../../shared/incidents/schema.ts'
import { MINUTE } from '../../../../shared/time.ts'

/** The instants of an incident's present life, RFC 3339; a reopening begins a new one. */
export type Life = {
  /** How it came to be: a monitor's verdict, a person's word, or a second failure of the same. */
  began: 'opened' | 'declared' | 'reopened'
  /** The first failed check; null when nothing failed by measurement. */
  failedAt: string | null
  openedAt: string
  /** How many regions failed at the verdict, of how many. */
  votes: { down: number; all: number } | null
  /** When the first page left (its provider took it), and whom it was for. Null while none did. */
  page: { at: string; userId: string | null; contact: string } | null
  /** When the first page was put on its way. */
  pagedAt: string | null
  acknowledged: { at: string; by: TimelineBody['actor'] } | null
  resolved: { at: string; by: TimelineBody['actor']; reason: string } | null
}

type Data = Record<string, unknown>
const text = (data: Data, key: string): string | null => (typeof data[key] === 'string' ? data[key] : null)

/** Reads the timeline as the API gives it, oldest first: events of one instant stand in the order in which they happened. Without a beginning in it the incident's own instants are used. */
export function lifeOf(incident: Pick<IncidentBody, 'created_at' | 'started_at' | 'monitor_id'>, timeline: readonly TimelineBody[]): Life {
  const events = [...timeline].sort((a, b) => a.at.localeCompare(b.at))
  const from = events.findLastIndex((e) => e.type === 'opened' || e.type === 'declared' || e.type === 'reopened')
  const begin = events[from]
  const now = events.slice(Math.max(0, from))
  const first = (type: TimelineBody['type']) => now.find((e) => e.type === type)
  const left = first('page-accepted')
  const acknowledged = now.findLast((e) => e.type === 'acknowledged')
  const resolved = now.findLast((e) => e.type === 'resolved')
  const monitored = begin ? begin.type !== 'declared' : incident.monitor_id !== null
  return {
    began: begin?.type === 'declared' || begin?.type === 'reopened' ? begin.type : monitored ? 'opened' : 'declared',
    failedAt: begin ? (text(begin.data, 'started_at') ?? null) : monitored ? incident.started_at : null,
    openedAt: begin?.at ?? incident.created_at,
    votes: begin ? votesOf(begin.data) : null,
    page: left ? { at: left.at, userId: text(left.data, 'user_id'), contact: text(left.data, 'contact') ?? '' } : null,
    pagedAt: first('paged')?.at ?? null,
    acknowledged: acknowledged ? { at: acknowledged.at, by: acknowledged.actor } : null,
    resolved: resolved ? { at: resolved.at, by: resolved.actor, reason: text(resolved.data, 'reason') ?? 'by-hand' } : null,
  }
}

/** Milliseconds from the first failed check (or the declaration) to an instant of this life. */
export const sinceStart = (life: Life, at: string): number => Math.max(0, Date.parse(at) - Date.parse(life.failedAt ?? life.openedAt))

/** Milliseconds between two instants, never negative: clocks of two places may differ by a little. */
export const between = (from: string, to: string): number => Math.max(0, Date.parse(to) - Date.parse(from))

/** The verdict's own count, "503 from 3 of 4 regions": it may be final before the last region has answered. */
function votesOf({ what, votes }: Data): Life['votes'] {
  const said = typeof what === 'string' ? /(\d+) of (\d+) regions?/.exec(what) : null
  if (said) return { down: Number(said[1]), all: Number(said[2]) }
  if (!Array.isArray(votes) || !votes.length) return null
  return { down: votes.filter((v) => v?.outcome === 'down').length, all: votes.length }
}

/** What is worth seeing of an incident: 45 minutes before it, at least an hour, until now or a quarter of an hour after its end. */
export function rangeAround(startedAt: number, resolvedAt: number | null, now: number): { from: number; to: number } {
  const end = resolvedAt === null ? now : Math.min(now, resolvedAt + 15 * MINUTE)
  const to = Math.ceil(end / (MINUTE / 2)) * (MINUTE / 2)
  return { from: Math.min(startedAt - 45 * MINUTE, to - 60 * MINUTE), to }
}
