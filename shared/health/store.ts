import { sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import type { GaugeName } from './names.ts'
import { gauges } from './table.ts'

/** Of the whole installation, so without a team: the last reading of each. */
export async function saveGauges(db: Db, values: Partial<Record<GaugeName, number>>, at: number): Promise<void> {
  const rows = Object.entries(values).map(([name, value]) => ({ name: name as GaugeName, value, at }))
  if (!rows.length) return
  await db
    .insert(gauges)
    .values(rows)
    .onConflictDoUpdate({ target: gauges.name, set: { value: sql`excluded.value`, at: sql`excluded.at` } })
}

/** The last readings, and when the oldest of them was taken (epoch ms); null when nothing was measured yet. */
export async function readGauges(db: Db): Promise<{ values: Partial<Record<GaugeName, number>>; at: number | null }> {
  const rows = await db.select().from(gauges)
  return {
    values: Object.fromEntries(rows.map((r) => [r.name, r.value])),
    at: rows.length ? Math.min(...rows.map((r) => r.at)) : null,
  }
}
