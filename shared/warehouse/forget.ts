import { isId } from '../ids.ts'
import type { ClickHouse } from './insert.ts'

const TIMEOUT_MS = 5 * 60_000

/** Deletes a team's rows from every table that has a column `team`, on disk and not only from sight. Throws until all of them are gone. */
export async function forgetInClickHouse(to: ClickHouse, team: string): Promise<void> {
  if (!isId(team)) throw new Error('not a team')
  const found = await ask(
    to,
    `SELECT t.name FROM system.tables AS t WHERE t.database = 'tocsin' AND t.engine LIKE '%MergeTree'
       AND t.name IN (SELECT table FROM system.columns WHERE database = 'tocsin' AND name = 'team') FORMAT TSVRaw`,
  )
  for (const table of found.split('\n').filter(Boolean)) {
    const mine = `toString(team) = '${team}'`
    // a mutation rewrites parts: not for a table that holds nothing of it
    const some = await ask(to, `SELECT count() FROM (SELECT 1 FROM tocsin.\`${table}\` WHERE team = '${team}' LIMIT 1) FORMAT TSVRaw`)
    if (some.trim() !== '0') await ask(to, `ALTER TABLE tocsin.\`${table}\` DELETE WHERE ${mine} SETTINGS mutations_sync = 2`)
  }
}

async function ask({ url, user, password }: ClickHouse, query: string): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'x-clickhouse-user': user, 'x-clickhouse-key': password },
    body: query,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`ClickHouse: ${text.slice(0, 300)}`)
  return text
}
