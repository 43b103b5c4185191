import type { Intent, Observation } from '../incidents/intent.ts'
import { iso, SECOND } from '../time.ts'
import type { Status } from './attributes.ts'
import type { CheckResult, CheckSpec, Region } from './checks/spec.ts'
import type { Facts } from './monitor.ts'
import { quorumOf } from './monitor.ts'
import type { Monitor } from './table.ts'
import { type Rules, type State, statusOf, votesOf, whatFailed } from './verdict.ts'
import { STEP_MS } from './wheel.ts'

/** What a shard holds of one monitor and must not forget. */
export type Held = {
  v: 1
  monitor: Monitor
  /** Its own pause or its group's. */
  paused: boolean
  state: State
  /** What people see, and since when. Always `statusOf` at the last change. */
  status: Status
  statusSince: number
  /** The open incident that its failure made. */
  incident: string | null
  lastCheckedAt: number | null
  /** Grows with every change of what lists show. */
  rev: number
  /** D1 has not been told of `rev`. */
  headDue: boolean
}

const LATE_MS = 5 * SECOND
/** How long an answer is waited for: what it may take, and as much again as would make it late twice over. */
export const waitMs = (timeoutMs: number): number => timeoutMs + 2 * LATE_MS

/** A clock that is later than it was set for by this had stood still. */
export const stoodStill = (dueAt: number, at: number): boolean => at - dueAt > LATE_MS

/**
 * Why no verdict may be made of an answer, or null. Ours is the lag when it came long after its timeout, or when we stood still
 * after asking: `stalledAt` is when that was found. A check that waited for room before it began saw what it saw.
 */
export function notCounted(h: Held, t: { askedAt: number; answeredAt: number; stalledAt: number }): string | null {
  if (h.paused) return 'paused, so no verdict'
  if (t.askedAt <= t.stalledAt) return 'we stood still meanwhile, so no verdict'
  const late = t.answeredAt - t.askedAt - h.monitor.request_timeout * SECOND
  return late > LATE_MS ? `we were ${Math.round(late / SECOND)} s late, so no verdict` : null
}

export const rulesOf = ({ monitor: m }: Held, maintenance: boolean): Rules => ({
  regions: m.regions,
  quorum: quorumOf(m),
  confirmationMs: m.confirmation_period * SECOND,
  recoveryMs: m.recovery_period * SECOND,
  maintenance,
})

export const windowOf = (m: Monitor) => ({
  from: m.maintenance_from,
  to: m.maintenance_to,
  zone: m.maintenance_timezone,
  days: m.maintenance_days,
})

/** The present status, and whether that is news. */
export function restated(h: Held, maintenance: boolean, at: number): Held {
  const status = statusOf(h.state, h.paused, maintenance)
  return status === h.status ? h : { ...h, status, statusSince: at }
}

export const factsOf = (h: Held): Facts & { id: string } => ({
  id: h.monitor.id,
  status: h.status,
  statusSince: h.statusSince,
  lastCheckedAt: h.lastCheckedAt,
  incident: h.incident,
  failing: h.monitor.regions.filter((region) => h.state.last[region]?.outcome === 'down'),
})

/**
 * The monitor's next turn after `at`: every monitor has its own place in the period, taken from its id, so that a restart spreads
 * them as they were and no burst follows.
 */
export function nextTurn(m: Pick<Monitor, 'id' | 'check_frequency'>, at: number): number {
  const period = m.check_frequency * SECOND
  const place = Number.parseInt(m.id.slice(-8), 16) % period
  return Math.floor((at - place) / period) * period + place + period
}

/**
 * Which of its turns a monitor takes at `at`, counting up by one a period: the region follows from it. What a shard has due together goes
 * to one region, so that a few calls carry all of it (a call costs more than a check); shards stand in different ones.
 */
export const turnOf = (m: Pick<Monitor, 'shard' | 'check_frequency'>, at: number): number =>
  // a turn is taken up to a step early
  Math.floor((at + STEP_MS) / (m.check_frequency * SECOND)) + m.shard

/** What a region is asked to do; `secrets` are opened. */
export const specOf = (
  m: Monitor,
  secrets: Pick<Monitor, 'auth_password' | 'request_headers'>,
  region: Region,
  round: string | null,
): CheckSpec => ({
  team: m.team,
  monitor: m.id,
  region,
  round,
  type: m.monitor_type,
  url: m.url,
  method: m.http_method,
  headers: Object.fromEntries(secrets.request_headers.map((h) => [h.name, h.value])),
  body: m.request_body,
  username: m.auth_username,
  password: secrets.auth_password,
  followRedirects: m.follow_redirects,
  timeoutMs: m.request_timeout * SECOND,
  expectedStatusCodes: m.expected_status_codes,
  keyword: m.required_keyword,
})

/** A check worth a connection of its own: a neighbour must not wait for it, nor a verdict for its neighbours. */
export const isSlow = (h: Held): boolean =>
  h.state.phase !== 'up' || Object.values(h.state.last).some((a) => a.outcome === 'down' || a.totalMs > 2 * SECOND)

/** "This incident must exist." `id` is minted by whoever saves it together with the verdict. */
export const intentOf = (h: Held, id: string, why: string[], at: number): Intent => ({
  id,
  team: h.monitor.team,
  cause: { type: 'monitor', id: h.monitor.id, name: h.monitor.name, url: h.monitor.url },
  what: whatFailed(votesOf(h.state), h.monitor.regions.length),
  policyId: h.monitor.policy_id,
  startedAt: h.state.firstFailedAt ?? at,
  verdictAt: at,
  why,
  votes: votesOf(h.state),
  email: h.monitor.email,
})

export const observationOf = (
  h: Held,
  incident: string,
  id: string,
  type: Observation['type'],
  why: string[],
  at: number,
): Observation => ({
  id,
  incident,
  at,
  type,
  why,
  votes: votesOf(h.state),
})

/** A row of `checks`: what this region saw, and what it meant. */
export const checkRow = (h: Held, r: CheckResult, round: string | null, why: string[]): string =>
  JSON.stringify({
    team: h.monitor.team,
    monitor: h.monitor.id,
    at: iso(r.at),
    region: r.region,
    colo: r.colo ?? '',
    outcome: r.outcome,
    error: r.error ?? '',
    status: r.status ?? 0,
    ttfb_ms: r.ttfbMs,
    total_ms: r.totalMs,
    bytes: r.bytes,
    round: round ?? '',
    verdict: h.status,
    why,
    excerpt: r.excerpt ?? '',
  })

/** A row of `monitor_states`. `pending` also stands for time in which nobody looked. */
export const stateRow = (m: Pick<Monitor, 'team' | 'id'>, at: number, state: Status, incident: string | null, seq: number): string =>
  JSON.stringify({ team: m.team, monitor: m.id, at: iso(at), state, incident: incident ?? '', seq })
