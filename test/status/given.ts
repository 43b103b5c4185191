import { clickhouseOf } from '../../durable-objects/transport.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import type { Status } from '../../shared/uptime/attributes.ts'
import { monitorHeads, monitors } from '../../shared/uptime/table.ts'
import { insert } from '../../shared/warehouse/insert.ts'
import { type aTeam, env } from '../given.ts'

export type Team = Awaited<ReturnType<typeof aTeam>>

/** A subdomain nobody has. */
export const aName = () => `k${newId().replaceAll('-', '').slice(8)}`

/** A monitor's row and head as its shard would leave them; the doors of uptime are tested elsewhere. */
export async function aMonitor(team: string, status: Status, incident: string | null = null, since = Date.now()): Promise<string> {
  const [id, at] = [newId(), Date.now()]
  const database = db(env.DB)
  const row = {
    id, team, shard: 0, url: 'https://x.example', monitor_type: 'status' as const, name: 'Internal name', check_frequency: 30, confirmation_period: 0,
    recovery_period: 0, request_timeout: 15, regions: ['eu' as const], quorum: null, http_method: 'GET', request_headers: [], request_body: null,
    auth_username: null, auth_password: null, follow_redirects: true, expected_status_codes: [], required_keyword: null, maintenance_from: null,
    maintenance_to: null, maintenance_timezone: 'UTC', maintenance_days: [], policy_id: null, monitor_group_id: null, call: false, sms: false,
    email: true, push: false, critical_alert: false, team_wait: null, paused_at: null, created_at: at, updated_at: at, deleted_at: null,
  } // biome-ignore format: a row
  await database.batch([
    database.insert(monitors).values(row),
    database.insert(monitorHeads).values({ id, team, status, status_since: since, incident_id: incident, rev: 1 }),
  ])
  return id
}

export async function aPage({ api }: Team, more: object = {}) {
  const made = await api('POST', '/api/status-pages', { name: 'Kestrel Pay', subdomain: aName(), ...more })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  return made.body
}

export const aResource = async (t: Team, page: string, more: object = {}) =>
  (
    await t.api('POST', `/api/status-pages/${page}/resources`, {
      resource_id: await aMonitor(t.team, 'up'),
      public_name: 'Checkout',
      ...more,
    })
  ).body

/** What the warehouse knows of a monitor: changes as `[epoch ms, state, incident?]`. */
export async function stored(team: string, monitor: string, changes: [at: number, state: Status, incident?: string][]) {
  const rows = changes.map(([at, state, incident], seq) =>
    JSON.stringify({ team, monitor, at: new Date(at).toISOString(), state, incident: incident ?? '', seq }),
  )
  const done = await insert(clickhouseOf(env), 'monitor_states', `${rows.join('\n')}\n`, newId())
  if (done.outcome !== 'ok') throw new Error(JSON.stringify(done))
}

/** A check that ran, as the warehouse keeps it. */
export async function checked(team: string, monitor: string, at: number) {
  const row = {
    team,
    monitor,
    at: new Date(at).toISOString(),
    region: 'eu',
    outcome: 'up',
    status: 200,
    total_ms: 12,
    verdict: 'up',
    why: [],
  }
  const done = await insert(clickhouseOf(env), 'checks', `${JSON.stringify(row)}\n`, newId())
  if (done.outcome !== 'ok') throw new Error(JSON.stringify(done))
}
