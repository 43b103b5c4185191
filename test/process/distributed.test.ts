import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort, query, startClickHouse } from '../../local/clickhouse.ts'
import { migrateClickHouse } from '../../local/clickhouse-migrate.ts'
import { newId } from '../../shared/ids.ts'
import { type Answer, tenantQuery } from '../../shared/warehouse/guard.ts'
import { attacks } from '../cases/sql-attacks.ts'

// Three real servers: two hold rows, before them stands one whose table `logs` is Distributed over both, as docs/scale.md has it.

const dir = mkdtempSync(join(tmpdir(), 'tocsin-distributed-'))
type Server = Awaited<ReturnType<typeof startClickHouse>>
let servers: Server[]
let front: Server
const [one, two] = [newId(), newId()]
const sources = { [one]: newId(), [two]: newId() }
const now = Date.now()

beforeAll(async () => {
  const tcp = [await freePort(), await freePort()]
  // with a secret the other servers know who asks; without it they would run everything as a user of their own, past all filters
  const shards = tcp.map((port) => `<shard><replica><host>127.0.0.1</host><port>${port}</port></replica></shard>`).join('')
  const xml = `<remote_servers><all><secret>between-servers</secret>${shards}</all></remote_servers>`
  servers = []
  for (const [i, port] of tcp.entries()) servers.push(await startClickHouse(join(dir, `shard-${i}`), undefined, { tcp: port, xml }))
  front = await startClickHouse(join(dir, 'front'), undefined, { xml })
  for (const server of servers) await migrateClickHouse(server.url, 'clickhouse-migrations')
  await query(front.url, 'CREATE DATABASE tocsin ENGINE = Atomic')
  const columns = await query(servers[0]!.url, "SELECT arrayStringConcat(groupArray(concat(name, ' ', type)), ', ') FROM system.columns WHERE database = 'tocsin' AND table = 'logs' FORMAT TSVRaw") // biome-ignore format: one thought
  await query(front.url, `CREATE TABLE tocsin.logs (${columns.trim()}) ENGINE = Distributed(all, tocsin, logs)`)
  for (const [i, server] of servers.entries())
    for (const [team, secret] of [[one, 'apple'], [two, 'pear']] as const) // biome-ignore format: one thought
      await query(server.url, `INSERT INTO tocsin.logs (team, source_id, timestamp, message, retention_days) SELECT '${team}', '${sources[team]}', now(), concat('${secret} ', toString(number + ${i * 100})), 90 FROM numbers(3)`) // biome-ignore format: one thought
}, 60_000)
afterAll(async () => {
  for (const server of [front, ...(servers ?? [])]) await server?.stop()
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
})

const ask = (team: string, sql: string, more: { from?: number; sources?: string[] } = {}): Promise<Answer> =>
  tenantQuery(
    { url: front.url, user: 'tenant', password: '' },
    { team, from: more.from ?? now - 3_600_000, to: now + 3_600_000, sources: more.sources ?? [] },
    sql,
    { id: newId(), timeoutMs: 10_000 },
  )
const count = async (team: string, more?: Parameters<typeof ask>[2]) =>
  Number((await ask(team, 'SELECT count() AS n FROM logs', more)).data[0]!.n)

test('a tenant sees its rows of all servers, and nobody else’s; time and sources hold too', async () => {
  for (const [team, secret] of [
    [one, 'apple'],
    [two, 'pear'],
    [one, 'apple'],
  ] as const) {
    // biome-ignore format: one thought
    const { data } = await ask(team, 'SELECT message FROM logs ORDER BY message')
    expect(data.map((row) => row.message)).toEqual([0, 1, 100, 101, 102, 2].map((n) => `${secret} ${n}`))
  }
  expect(await count(newId())).toBe(0)
  expect(await count(one, { from: now + 1_800_000 })).toBe(0)
  expect([await count(one, { sources: [sources[one]!] }), await count(one, { sources: [sources[two]!] })]).toEqual([6, 0])
})

test.each(attacks)('%s shows nothing of another team', async (sql) => {
  for (const [team, other] of [
    [one, 'pear'],
    [two, 'apple'],
  ] as const) {
    // biome-ignore format: one thought
    const answer = await ask(team, sql).catch((e) => String(e.message))
    expect(JSON.stringify(answer)).not.toContain(other)
    expect(JSON.stringify(answer)).not.toContain('root:')
  }
})

test('no attack changed anything', async () => {
  expect([await count(one), await count(two)]).toEqual([6, 6])
})
