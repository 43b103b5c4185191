import { expect } from 'vitest'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { aTeam, call, env } from '../given.ts'

/** A source of a fresh team that keeps everything for ten years, and what its token sends. */
export async function aSource() {
  const team = await aTeam()
  const made = await team.api('POST', '/api/logs/sources', { name: 'App', retention_days: 3652, metrics_retention_days: 3652 })
  expect(made.status).toBe(201)
  const token: string = made.body.token
  return {
    ...team,
    token,
    source: made.body.id as string,
    send: (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
      call(path, { method: 'POST', headers: { authorization: `Bearer ${token}`, ...headers }, body }),
    /** Rows of this team in `table` by `order`, when there are `count` of them or ten seconds have passed. */
    async stored(table: string, count: number, order = 'timestamp'): Promise<Record<string, any>[]> {
      for (const end = Date.now() + 10_000; ; ) {
        const rows = await clickhouse(clickhouseOf(env)).rows<Record<string, unknown>>(
          `SELECT * FROM tocsin.${table} WHERE team = {team:UUID} ORDER BY ${order}`,
          { team: team.team },
        )
        if (rows.length >= count || Date.now() > end) return rows
        await new Promise((done) => setTimeout(done, 100))
      }
    },
    /** Name, labels, time and value of every float sample, series by series. */
    async samples(count: number) {
      const sql = `SELECT i.name AS name, i.labels AS labels, toUnixTimestamp64Milli(s.at) AS at, s.value AS value, s.kind AS kind, toUnixTimestamp64Milli(s.start) AS start,
        hex(reinterpretAsUInt64(s.value)) AS bits FROM tocsin.samples AS s FINAL SEMI LEFT JOIN tocsin.series AS i ON s.team = i.team AND s.fingerprint = i.fingerprint
        WHERE s.team = {team:UUID} ORDER BY name, toString(labels), at`
      for (const end = Date.now() + 10_000; ; ) {
        const rows = await clickhouse(clickhouseOf(env)).rows<Record<string, any>>(sql, { team: team.team })
        if (rows.length >= count || Date.now() > end) return rows
        await new Promise((done) => setTimeout(done, 100))
      }
    },
  }
}
export type GivenSource = Awaited<ReturnType<typeof aSource>>
