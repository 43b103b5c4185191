import { DAY, HOUR, iso } from '../time.ts'
import type { Warehouse } from '../warehouse/clickhouse.ts'
import { availabilityOf, hourlyBars, type Kind, type StateChange } from './availability.ts'
import type { CheckError, Region } from './checks/spec.ts'
import type { CheckBody } from './history-schema.ts'

const ms = (column: string) => `toUnixTimestamp64Milli(${column})`
const time = (param: string) => `fromUnixTimestamp64Milli({${param}:Int64})`

/**
 * Changes of these monitors since `from` and the one before it, by monitor, in order. Rounds that were open and changes to the
 * same are left out: they change no availability, and a region that keeps failing alone makes thousands.
 */
export async function readStates(
  ch: Warehouse,
  team: string,
  monitors: string[],
  from: number,
  to: number,
): Promise<Map<string, StateChange[]>> {
  // named by table: an alias of the same name would be taken instead
  const of = `FROM tocsin.monitor_states AS s WHERE s.team = {team:UUID} AND s.monitor IN {monitors:Array(UUID)} AND s.state != 'validating'`
  const rows = await ch.rows<StateChange & { monitor: string }>(
    `SELECT monitor, ${ms('since')} AS at, state, nullIf(incident, '') AS incident FROM (
       SELECT monitor, since, seq, state, incident,
         lagInFrame(state, 1, '') OVER w AS state_before, lagInFrame(incident, 1, '') OVER w AS incident_before
       FROM (
         SELECT s.monitor AS monitor, s.at AS since, s.seq AS seq, s.state AS state, s.incident AS incident ${of} AND s.at >= ${time('from')} AND s.at < ${time('to')}
         UNION ALL
         SELECT s.monitor AS monitor, max(s.at) AS since, max(s.seq) AS seq, argMax(s.state, (s.at, s.seq)) AS state, argMax(s.incident, (s.at, s.seq)) AS incident
         ${of} AND s.at < ${time('from')} GROUP BY s.monitor
       )
       WINDOW w AS (PARTITION BY monitor ORDER BY since, seq ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
     ) WHERE state != state_before OR incident != incident_before ORDER BY monitor, since, seq`,
    { team, monitors, from, to },
    { maxRows: 200_000 },
  )
  const found = new Map<string, StateChange[]>(monitors.map((id) => [id, []]))
  for (const { monitor, ...change } of rows) found.get(monitor)?.push(change)
  return found
}

/** Monitors asked about at once: of each every change of state is read. */
const BELOW_AT_ONCE = 200

/** Monitors of the team that were up for less than `share` (0 to 1) of what was observed in [from, to). */
export async function readBelow(ch: Warehouse, team: string, share: number, from: number, to: number): Promise<string[]> {
  // who was never down was up all the time, so only few are looked at
  const down = await ch.rows<{ monitor: string }>(
    `SELECT DISTINCT monitor FROM (
       SELECT monitor FROM tocsin.monitor_states WHERE team = {team:UUID} AND state = 'down' AND at >= ${time('from')} AND at < ${time('to')}
       UNION ALL
       SELECT monitor FROM tocsin.monitor_states WHERE team = {team:UUID} AND at < ${time('from')}
       GROUP BY monitor HAVING argMax(state, (at, seq)) = 'down'
     )`,
    { team, from, to },
    { maxRows: 100_000 },
  )
  const below: string[] = []
  for (let i = 0; i < down.length; i += BELOW_AT_ONCE) {
    const states = await readStates(
      ch,
      team,
      down.slice(i, i + BELOW_AT_ONCE).map((d) => d.monitor),
      from,
      to,
    )
    for (const [id, changes] of states) if ((availabilityOf(changes, from, to).availability ?? 1) < share) below.push(id)
  }
  return below
}

export type ChecksQuery = { from?: number; to?: number; region?: Region; outcome?: 'up' | 'down'; cursor?: string; limit: number }

/** Newest first. `next` continues after the last one; null when there are no more, undefined for a cursor that is not ours. */
export async function readChecks(
  ch: Warehouse,
  team: string,
  monitor: string,
  q: ChecksQuery,
): Promise<{ data: CheckBody[]; next: string | null } | undefined> {
  // biome-ignore format: a signature
  const after = q.cursor === undefined ? null : /^(\d{1,15})-(us|eu|as|au)$/.exec(q.cursor)
  if (q.cursor !== undefined && !after) return undefined
  const where = [
    'team = {team:UUID} AND monitor = {monitor:UUID}',
    q.from === undefined ? '' : `at >= ${time('from')}`,
    q.to === undefined ? '' : `at < ${time('to')}`,
    q.region ? 'region = {region:String}' : '',
    q.outcome ? 'outcome = {outcome:String}' : '',
    after ? `(at < ${time('last')} OR (at = ${time('last')} AND region < {lastRegion:String}))` : '',
  ].filter(Boolean)
  const rows = await ch.rows<Row>(
    `SELECT ${ms('at')} AS at_ms, region, colo, outcome, error, status, ttfb_ms, total_ms, bytes, round, verdict, why, excerpt
     FROM tocsin.checks WHERE ${where.join(' AND ')} ORDER BY at DESC, region DESC LIMIT {limit:UInt32}`,
    known({ team, monitor, ...q, last: after && Number(after[1]), lastRegion: after?.[2], limit: q.limit + 1 }),
  )
  const page = rows.slice(0, q.limit)
  return { data: page.map(bodyOf), next: rows.length > q.limit ? `${page.at(-1)!.at_ms}-${page.at(-1)!.region}` : null }
}

/** Only what is there: a parameter that no line of the query names may not be sent as nothing. */
const known = (params: Record<string, unknown>) => Object.fromEntries(Object.entries(params).filter(([, value]) => value != null))

type Row = {
  at_ms: number
  region: Region
  colo: string
  outcome: 'up' | 'down'
  error: CheckError | ''
  status: number
  ttfb_ms: number | null
  total_ms: number
  bytes: number
  round: string
  verdict: string
  why: string[]
  excerpt: string
}
/** A region checks a monitor once at a time, so the two name a check. */
const bodyOf = (r: Row): CheckBody => ({
  id: `${r.at_ms}-${r.region}`,
  at: iso(r.at_ms),
  region: r.region,
  colo: r.colo || null,
  outcome: r.outcome,
  error: r.error || null,
  status_code: r.status || null,
  response_time_ms: r.total_ms,
  ttfb_ms: r.ttfb_ms,
  bytes: r.bytes,
  round_id: r.round || null,
  verdict: r.verdict,
  why: r.why,
  excerpt: r.excerpt || null,
})

export type Times = { p50_ms: number | null; p95_ms: number | null; max_ms: number | null; checks: number; failed: number }
export type Series = Times & { region: Region; points: (Times & { at: string })[] }

/** Response times of what answered (failures without an answer have none), per region and step of `stepS` seconds. */
export async function readTimes(ch: Warehouse, team: string, monitor: string, from: number, to: number, stepS: number): Promise<Series[]> {
  const rows = await ch.rows<Times & { region: Region; t: number; whole: 0 | 1 }>(
    `SELECT region, toUnixTimestamp(toStartOfInterval(at, toIntervalSecond({step:UInt32}))) AS t, grouping(t) AS whole, ${measures}
     FROM tocsin.checks WHERE team = {team:UUID} AND monitor = {monitor:UUID} AND at >= ${time('from')} AND at < ${time('to')}
     GROUP BY GROUPING SETS ((region, t), (region)) ORDER BY region, t`,
    { team, monitor, from, to, step: stepS },
  )
  return rows
    .filter((r) => r.whole)
    .map(({ region, t: _, whole: __, ...times }) => ({
      region,
      ...times,
      points: rows
        .filter((r) => !r.whole && r.region === region)
        .map(({ region: _r, whole: _w, t, ...p }) => ({ at: iso(t * 1000), ...p })),
    }))
}
const measures = `if(countIf(status > 0) = 0, NULL, round(quantileIf(0.5)(total_ms, status > 0))) AS p50_ms,
  if(countIf(status > 0) = 0, NULL, round(quantileIf(0.95)(total_ms, status > 0))) AS p95_ms,
  if(countIf(status > 0) = 0, NULL, maxIf(total_ms, status > 0)) AS max_ms, count() AS checks, countIf(outcome = 'down') AS failed`

export type Summary = { id: string; bars: Kind[]; p95_ms: number | null; sparkline: (number | null)[]; availability_30d: number | null }

/** What a list shows beside each monitor: 24 hours as bars, their p95 and its course, and 30 days of availability. */
export async function readSummaries(ch: Warehouse, team: string, monitors: string[], at: number): Promise<Summary[]> {
  if (!monitors.length) return []
  const [states, hours] = await Promise.all([
    readStates(ch, team, monitors, at - 30 * DAY, at),
    ch.rows<{ monitor: string; hour: number; p95: number; whole: 0 | 1 }>(
      `SELECT monitor, intDiv({to:Int64} - ${ms('at')}, ${HOUR}) AS hour, grouping(hour) AS whole, round(quantile(0.95)(total_ms)) AS p95
       FROM tocsin.checks WHERE team = {team:UUID} AND monitor IN {monitors:Array(UUID)} AND at >= ${time('from')} AND at < ${time('to')} AND status > 0
       GROUP BY GROUPING SETS ((monitor, hour), (monitor))`,
      { team, monitors, from: at - DAY, to: at },
    ),
  ])
  return monitors.map((id) => {
    const changes = states.get(id) ?? []
    const mine = hours.filter((h) => h.monitor === id)
    const sparkline = Array<number | null>(24).fill(null)
    for (const h of mine) if (!h.whole && h.hour < 24) sparkline[23 - h.hour] = h.p95
    return {
      id,
      bars: hourlyBars(changes, at),
      p95_ms: mine.find((h) => h.whole)?.p95 ?? null,
      sparkline,
      availability_30d: availabilityOf(changes, at - 30 * DAY, at).availability,
    }
  })
}
