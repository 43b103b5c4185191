import { beforeAll, expect, test } from 'vitest'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { aTeam, call, env } from '../given.ts'

const SERIES = 6000
const POINTS = 1000
const END = Date.UTC(2026, 10, 20, 12)
const STEP_MS = 3600

type Team = Awaited<ReturnType<typeof aTeam>>
let team: Team

/** 6,000 counters of 1,000 samples in an hour; series n grows by n each time, the odd ones start again in the middle. */
beforeAll(async () => {
  team = await aTeam()
  const { url, user, password } = clickhouseOf(env)
  const run = async (sql: string) => {
    const r = await fetch(url, { method: 'POST', headers: { 'x-clickhouse-user': user, 'x-clickhouse-key': password }, body: sql })
    if (!r.ok) throw new Error(await r.text())
  }
  const own = `toUUID('${team.team}') AS team, toUUID('${team.team}') AS source_id, toUInt16(3000) AS retention_days`
  await run(`INSERT INTO tocsin.series (team, source_id, retention_days, name, fingerprint, day, labels)
    SELECT ${own}, 'large_total', sipHash64(number), toDate('2026-11-20'), map('n', toString(number), 'job', toString(number % 3)) FROM numbers(${SERIES})`)
  await run(`INSERT INTO tocsin.samples (team, source_id, retention_days, fingerprint, at, kind, value, start)
    SELECT ${own}, sipHash64(intDiv(number, ${POINTS}) AS n), fromUnixTimestamp64Milli(toInt64(${END} - ${STEP_MS} * (${POINTS} - 1 - number % ${POINTS})), 'UTC'), 0,
      n * (number % ${POINTS} - if(n % 2 = 1 AND number % ${POINTS} >= 500, 500, 0)), fromUnixTimestamp64Milli(0, 'UTC') FROM numbers(${SERIES * POINTS})`)
}, 60_000)

async function range(query: string, step: number, start = END - 3_600_000) {
  const r = await call('/prometheus/api/v1/query_range', {
    method: 'POST',
    headers: { authorization: `Bearer ${team.key}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ query, start: String(start / 1000), end: String(END / 1000), step: String(step) }).toString(),
  })
  return { status: r.status, body: (await r.json()) as any }
}

test('six million samples are aggregated as they come: by job, 6,000 series of them', async () => {
  const { status, body } = await range('sum by (job) (count_over_time(large_total[1h]))', 60, END)
  expect(status).toBe(200)
  expect(body.data.result.map((s: any) => [s.metric.job, s.values[0][1]])).toEqual(['0', '1', '2'].map((job) => [job, '2000000']))
})

test('resets are mended in each of them, however many are summed', async () => {
  const { body } = await range('sum(increase(large_total[1h]))', 60, END)
  // by n each time, but for the one time at which an odd one begins at 0 again; nothing is extrapolated below the 0 they begin with
  const all = (SERIES * (SERIES - 1)) / 2
  const odd = (SERIES / 2) ** 2
  expect(Number(body.data.result[0].values[0][1]) / (all * 999 - odd)).toBeCloseTo(1, 12)
})

test('more points than may be held are refused by name when they cannot be folded, and are not when they can', async () => {
  const refused = await range('rate(large_total[1m]) * 2', 2)
  expect([refused.status, refused.body.errorType]).toEqual([422, 'execution'])
  expect(refused.body.error).toBe('query processing would load too many samples into memory in query execution')
  const folded = await range('count(rate(large_total[1m]))', 2)
  expect(folded.status).toBe(200)
  expect(folded.body.data.result[0].values.at(-1)[1]).toBe(String(SERIES))
})
