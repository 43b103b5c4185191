import { runInDurableObject } from 'cloudflare:test'
import { expect, test, vi } from 'vitest'
import { stubs } from '../../durable-objects/stubs.ts'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { newId } from '../../shared/ids.ts'
import { MINUTE } from '../../shared/time.ts'
import { SHARDS } from '../../shared/uptime/regions.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { insert } from '../../shared/warehouse/insert.ts'
import { drainOutbox } from '../../workers/outbox.ts'
import { aTeam, call, env, signedIn } from '../given.ts'

type Team = Awaited<ReturnType<typeof aTeam>>
/** Its own generics are too deep for these classes. */
const inside = (object: unknown, how: (held: any, state: DurableObjectState) => unknown): Promise<any> =>
  (runInDurableObject as any)(object, how)

/** Something of the team in every store: rows, objects with open work, bytes, history. */
async function livesHere(): Promise<Team> {
  const team = await aTeam({ name: 'Kestrel Pay' })
  const made = async (path: string, body: object) => {
    const r = await team.api('POST', path, body)
    expect(r.status, `${path}: ${JSON.stringify(r.body)}`).toBeLessThan(300)
    return r.body
  }
  const group = await made('/api/uptime/monitor-groups', { name: 'Payments' })
  const monitor = await made('/api/uptime/monitors', {
    url: 'http://127.0.0.1:9/',
    monitor_group_id: group.id,
    check_frequency: 5,
    recovery_period: 0,
  })
  const page = await made('/api/status-pages', { name: 'Kestrel', subdomain: `kestrel-${team.team.slice(-8)}` })
  await made(`/api/status-pages/${page.id}/resources`, { resource_id: monitor.id, public_name: 'Checkout' })
  await made(`/api/status-pages/${page.id}/reports`, { title: 'Cards fail', type: 'incident', message: 'We look.' })
  await made('/api/incidents', { title: 'Cards fail' })
  await made('/api/integrations/webhooks', { name: 'Ours', url: 'http://127.0.0.1:9/hook', events: ['incident.created'] })
  await made('/api/logs/sources', { name: 'App', ingestion_method: 'HTTP' })
  await made('/api/auth/invitations', { email: `new-${team.person}@example.com`, role: 'member' })
  await made('/api/auth/api-keys', { name: 'CI', scopes: ['uptime:read'] })
  await env.COLD.put(`${team.team}/cold/a.parquet`, 'bytes')
  const row = (of: string) =>
    JSON.stringify({ team: of, monitor: monitor.id, at: new Date().toISOString(), state: 'up', incident: '', seq: 1 })
  await env.COLD.put(`replay/monitor_states/${newId()}.ndjson`, `${row(team.team)}\n${row(newId())}\n`)
  expect(await insert(clickhouseOf(env), 'monitor_states', `${row(team.team)}\n`, newId())).toEqual({ outcome: 'ok' })
  // its monitor is down and has an incident of its own
  await vi.waitFor(async () => expect((await team.api('GET', '/api/incidents')).body.data.length).toBe(2), 15_000)
  return team
}

/** Every place of every store in which the id of a team stands. */
async function traces(team: string): Promise<string[]> {
  const found: string[] = []
  const { results: tables } = await env.DB.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*'").all<{
    name: string
  }>()
  for (const { name } of tables) {
    const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all()
    if (results.some((row) => JSON.stringify(row).includes(team))) found.push(`D1 ${name}`)
  }
  const ch = clickhouse(clickhouseOf(env))
  const columns = await ch.rows<{ table: string }>(
    "SELECT DISTINCT table FROM system.columns WHERE database = 'tocsin' AND name = 'team' AND table IN (SELECT name FROM system.tables WHERE engine LIKE '%MergeTree')",
  )
  for (const { table } of columns) {
    const [{ n } = { n: 0 }] = await ch.rows<{ n: number }>(
      `SELECT count() AS n FROM tocsin.${table} WHERE toString(team) = {team:String}`,
      { team },
    )
    if (n) found.push(`ClickHouse ${table}`)
  }
  for (const { key } of (await env.COLD.list()).objects)
    if (key.includes(team) || (await (await env.COLD.get(key))?.text())?.includes(team)) found.push(`R2 ${key}`)
  const objects = [
    ['Incidents', stubs.incidents(team)],
    ...Array.from({ length: SHARDS }, (_, n) => [`shard ${n}`, stubs.monitorShard(n)]),
  ] as const
  for (const [name, object] of objects)
    for (const table of await inside(object, (_, { storage }) => dump(storage.sql)))
      if (table.text.includes(team)) found.push(`${name} ${table.name}`)
  return found
}
const dump = (sql: SqlStorage) =>
  sql
    .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*'")
    .toArray()
    .map(({ name }) => ({ name, text: JSON.stringify(sql.exec(`SELECT * FROM "${name}"`).toArray()) }))

const remove = (headers: Record<string, string>, confirm = 'Kestrel Pay') =>
  call(`/api/auth/team?confirm=${encodeURIComponent(confirm)}`, { method: 'DELETE', headers })

test('only a signed-in admin deletes a team, and only by its name', async () => {
  const team = await aTeam({ name: 'Kestrel Pay' })
  expect((await remove({ authorization: `Bearer ${team.key}` })).status).toBe(403)
  const lead = await aTeam({ name: 'Kestrel Pay', role: 'team_lead' })
  expect((await remove(await signedIn(lead.person))).status).toBe(403)
  expect((await remove(await signedIn(team.person), 'Kestrel')).status).toBe(422)
  expect((await team.api('GET', '/api/auth/team')).status).toBe(200)
})

test('a deleted team leaves no trace in any store, and its neighbour loses nothing', async () => {
  const [team, neighbour] = [await livesHere(), await livesHere()]
  const before = await traces(team.team)
  expect(before).toEqual(expect.arrayContaining(['D1 monitors', 'D1 incident_heads', 'ClickHouse monitor_states', 'Incidents incidents']))
  const kept = await traces(neighbour.team)
  const cookie = await signedIn(team.person)

  expect((await remove(cookie)).status).toBe(204)
  expect((await call('/api/uptime/monitors', { headers: cookie })).status).toBe(403)
  expect((await call('/api/uptime/monitors', { headers: { authorization: `Bearer ${team.key}` } })).status).toBe(401)
  await vi.waitFor(async () => expect((await call(`/s/kestrel-${team.team.slice(-8)}/`)).status).toBe(404), 5000)

  // the clock of the cron goes on until nothing can arrive any more
  let at = Date.now()
  await vi.waitFor(
    async () => {
      at += 3 * MINUTE
      await drainOutbox(env, at, team.team)
      expect(await traces(team.team)).toEqual([])
    },
    { timeout: 60_000, interval: 500 },
  )
  // what waits to be sent is on its way: its place is empty a moment later
  expect(await traces(neighbour.team)).toEqual(expect.arrayContaining(kept.filter((k) => !/outbox|deliveries|shard \d+ states/.test(k))))
  expect((await neighbour.api('GET', '/api/incidents')).body.data.length).toBe(2)
}, 120_000)
