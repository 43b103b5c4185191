import type * as z from 'zod'
import type { Actor } from '../actor.ts'
import type { Ahead } from '../oncall/escalation.ts'
import { iso, isoOrNull } from '../time.ts'
import type { Incident } from './incident.ts'
import type { PageReceipt, PageRow } from './page-state.ts'
import type { IncidentBody, IncidentDetail, PageBody, PagingTimes, TimelineBody } from './schema.ts'
import type { IncidentHead } from './table.ts'
import type { TimelineEvent } from './timeline.ts'

/** Names of people by their ids, read when somebody looks: nothing else holds them. */
export type Names = ReadonlyMap<string, string>

const upper = <T extends string>(text: T) => text.toUpperCase() as Uppercase<T>
const seconds = (from: number, to: number | null) => (to === null ? null : Math.max(0, Math.round((to - from) / 1000)))

export const named = (by: Actor, names: Names): Actor =>
  by.type === 'user' ? { ...by, name: names.get(by.id) ?? 'Somebody who left' } : by

export const headBody = (h: IncidentHead, names: Names): IncidentBody => ({
  id: h.id,
  team_number: h.team_number,
  title: h.title,
  status: upper(h.status),
  severity: upper(h.severity),
  cause: h.cause,
  monitor_id: h.monitor_id,
  alert_id: h.alert_id,
  policy_id: h.policy_id,
  service_id: h.service_id,
  responder_id: h.responder_id,
  escalation_level: h.escalation_level,
  started_at: iso(h.started_at),
  created_at: iso(h.created_at),
  acknowledged_at: isoOrNull(h.acknowledged_at),
  acknowledged_by: h.acknowledged_by && named(h.acknowledged_by, names),
  resolved_at: isoOrNull(h.resolved_at),
  resolved_by: h.resolved_by && named(h.resolved_by, names),
  time_to_acknowledge: seconds(h.created_at, h.acknowledged_at),
  time_to_resolve: seconds(h.created_at, h.resolved_at),
})

/** The same line from the document itself, with what only one incident's page shows. */
export const incidentBody = (i: Incident, next: Ahead[], names: Names): IncidentDetail => ({
  id: i.id,
  team_number: i.number,
  title: i.title,
  status: upper(i.status),
  severity: upper(i.severity),
  cause: i.what,
  monitor_id: i.cause?.type === 'monitor' ? i.cause.id : null,
  alert_id: i.cause?.type === 'alert' ? i.cause.id : null,
  policy_id: i.policyId,
  service_id: i.serviceId,
  responder_id: i.responder,
  escalation_level: i.level,
  started_at: iso(i.startedAt),
  created_at: iso(i.openedAt),
  acknowledged_at: isoOrNull(i.acknowledgedAt),
  acknowledged_by: i.acknowledgedBy && named(i.acknowledgedBy, names),
  resolved_at: isoOrNull(i.resolvedAt),
  resolved_by: i.resolvedBy && named(i.resolvedBy, names),
  time_to_acknowledge: seconds(i.openedAt, i.acknowledgedAt),
  time_to_resolve: seconds(i.openedAt, i.resolvedAt),
  description: i.description,
  why: i.why,
  votes: i.votes,
  policy_name: i.policy.name,
  notify: i.notify,
  next: next.map(({ step, round, at, who }) => ({ step, round, at: iso(at), who })),
})

export const eventBody = (e: TimelineEvent, names: Names): TimelineBody => ({
  id: e.id,
  at: iso(e.at),
  type: e.type,
  actor: named(e.by, names),
  data: e.data,
})

export const pageBody = ({
  page,
  receipts,
  user,
}: {
  page: PageRow
  receipts: PageReceipt[]
  user: string | null
}): Omit<PageBody, 'signed'> => ({
  id: page.id,
  kind: page.kind,
  step: page.step,
  channel: page.channel,
  contact: page.contact,
  user_id: page.person,
  user_name: user,
  critical: page.critical,
  state: page.state,
  attempt: page.attempt,
  next_try_at: isoOrNull(page.dueAt),
  held: page.held,
  told_with: page.with,
  replaces: page.replaces,
  possibly_twice: page.possiblyTwice,
  receipts: receipts.map((r) => ({
    at: iso(r.at),
    state: r.state,
    provider_id: r.providerId,
    detail: r.detail,
    possibly_twice: r.possiblyTwice,
  })),
})

/** What a receipt's signature covers: no name, which is erasable. */
export const receiptOf = (team: string, incident: string, { user_name: _, ...page }: Omit<PageBody, 'signed'>, at: number) => ({
  v: 1,
  team,
  incident,
  signed_at: iso(at),
  page,
})

/** The value below which a share of sorted values lies; null of none. Nearest rank. */
export const quantile = (sorted: readonly number[], share: number): number | null =>
  sorted.length ? sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]! : null

/** DESIGN §9: deciding check → page leaves, p99. */
export const PAGING_OBJECTIVE_MS = 2000

export const pagingTimes = (from: number, to: number, sorted: readonly number[]): z.infer<typeof PagingTimes> => ({
  from: iso(from),
  to: iso(to),
  pages: sorted.length,
  p50_ms: quantile(sorted, 0.5),
  p95_ms: quantile(sorted, 0.95),
  p99_ms: quantile(sorted, 0.99),
  objective_ms: PAGING_OBJECTIVE_MS,
  within_objective: sorted.length ? sorted.filter((ms) => ms <= PAGING_OBJECTIVE_MS).length / sorted.length : null,
})

/** The people a row or a timeline speaks of. */
export const peopleOf = (actors: (Actor | null)[]): string[] => [...new Set(actors.flatMap((a) => (a?.type === 'user' ? [a.id] : [])))]
