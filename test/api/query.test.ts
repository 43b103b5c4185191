import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { attacks } from '../cases/sql-attacks.ts'
import { aTeam, call, env } from '../given.ts'

type Team = Awaited<ReturnType<typeof aTeam>>
let [one, two]: [Team, Team] = [] as never

/** A team with three records of its own, when they can be read. */
async function withLogs(secret: string): Promise<Team> {
  const team = await aTeam()
  const { body } = await team.api('POST', '/api/logs/sources', { name: 'App' })
  const records = [1, 2, 3].map((n) => ({ message: `${secret} ${n}`, level: 'info' }))
  await call('/', { method: 'POST', headers: { authorization: `Bearer ${body.token}` }, body: JSON.stringify(records) })
  for (;;) {
    const { body } = await sql(team, 'SELECT count() AS n FROM logs')
    if (Number(body.data[0].n) >= 3) return team
    await new Promise((done) => setTimeout(done, 100))
  }
}
const sql = (team: Team, query: string, more = {}) => team.api('POST', '/api/logs/query', { query_type: 'SQL', query, ...more })

beforeAll(async () => {
  ;[one, two] = await Promise.all([withLogs('apple'), withLogs('pear')])
})

test('SQL over the own logs: columns, rows and cost', async () => {
  const r = await sql(one, "SELECT message, count() AS n FROM logs WHERE level = 'info' GROUP BY message ORDER BY message")
  expect(r.status).toBe(200)
  expect(r.body.columns).toEqual([
    { name: 'message', type: 'String' },
    { name: 'n', type: 'UInt64' },
  ])
  expect(r.body.data.map((d: { message: string }) => d.message)).toEqual(['apple 1', 'apple 2', 'apple 3'])
  expect(r.body.statistics.rows_read).toBeGreaterThanOrEqual(3)
})

test.each([
  'logs',
  'spans',
  'metrics',
  'series',
  'samples',
  'histograms',
  'exemplars',
  'derived_points',
  'checks',
  'monitor_states',
  'errors',
])('%s can be asked, with its columns before anything is in it', async (table) => {
  const r = await sql(one, `SELECT * FROM ${table} LIMIT 1`)
  expect(r.status).toBe(200)
  expect(r.body.columns.map((c: { name: string }) => c.name)).toContain(
    table === 'series' ? 'day' : /samples|histograms|exemplars|checks|states|points/.test(table) ? 'at' : 'timestamp',
  )
})

test('errors are seen by their own team and in their own time only', async () => {
  const row = (team: Team, ms: number) =>
    JSON.stringify({
      team: team.team,
      project_id: newId(),
      event_id: 'e',
      timestamp: new Date(ms).toISOString(),
      message: `of ${team.team}`,
      retention_days: 3652,
    })
  const now = Date.now()
  const query = new URLSearchParams({ query: 'INSERT INTO tocsin.errors FORMAT JSONEachRow', date_time_input_format: 'best_effort' })
  const body = [row(one, now - 1000), row(one, now - 90 * 3_600_000), row(two, now - 1000)].join('\n')
  expect((await fetch(`${env.CLICKHOUSE_URL}/?${query}`, { method: 'POST', body })).status).toBe(200)
  expect((await sql(one, 'SELECT message FROM errors')).body.data).toEqual([{ message: `of ${one.team}` }])
})

test('the time range is part of what a query may see', async () => {
  const past = { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' }
  expect((await sql(one, 'SELECT count() AS n FROM logs', past)).body.data[0].n).toEqual(expect.toSatisfy((n: unknown) => Number(n) === 0))
})

test.each(attacks)('%s shows nothing of another team', async (query) => {
  for (const [team, other] of [
    [one, 'pear'],
    [two, 'apple'],
  ] as const) {
    const r = await sql(team, query)
    expect([200, 422, 413]).toContain(r.status)
    expect(JSON.stringify(r.body)).not.toContain(other)
    expect(JSON.stringify(r.body)).not.toContain('root:')
  }
})

test('no attack changed anything', async () => {
  for (const team of [one, two]) expect(Number((await sql(team, 'SELECT count() AS n FROM logs')).body.data[0].n)).toBe(3)
})

test("a tenant's query reads its own granules only", async () => {
  const [small, big] = [await aTeam(), await aTeam()]
  const fill = async (team: Team, count: number) => {
    const { body } = await team.api('POST', '/api/logs/sources', { name: 'Much' })
    const records = Array.from({ length: count }, (_, i) => `{"message":"row ${i}"}`).join('\n')
    expect((await call('/', { method: 'POST', headers: { authorization: `Bearer ${body.token}` }, body: records })).status).toBe(202)
  }
  await fill(small, 10)
  await fill(big, 60_000)
  const rows = async (team: Team) => (await sql(team, 'SELECT count() AS n, max(message) FROM logs')).body
  while (Number((await rows(big)).data[0].n) < 60_000 || Number((await rows(small)).data[0].n) < 10)
    await new Promise((done) => setTimeout(done, 100))
  // its rows may share the first and the last granule of each part with others
  expect((await rows(small)).statistics.rows_read).toBeLessThan(5 * 8192)
})

test.each([[{}], [{ query: '' }], [{ query: 'SELECT 1', query_text: 'SELECT 2' }], [{ query: 'SELECT 1', from: 'yesterday' }]])(
  '%j is 422',
  async (body) => {
    expect((await one.api('POST', '/api/logs/query', body)).status).toBe(422)
  },
)
