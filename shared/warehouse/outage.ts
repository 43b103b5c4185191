import { eq, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { warehouseOutage } from './table.ts'

/** Down for this long, and what waits in a queue is parked in R2 instead of being tried again and again. DESIGN §3. */
export const PARK_AFTER_MS = 600_000
/** An outage nobody saw for this long is another one: what fails is tried again within a quarter of an hour. */
const STALE_MS = 1_800_000
const ONE = 1

/** Since when (epoch ms) ClickHouse takes nothing; null when it does, or when nobody tried lately. Known to every isolate alike. */
export async function outageSince(db: Db, at: number): Promise<number | null> {
  const [row] = await db.select().from(warehouseOutage).where(eq(warehouseOutage.id, ONE))
  return row && row.seen_at > at - STALE_MS ? row.since : null
}

/** ClickHouse took nothing just now. */
export async function noteOutage(db: Db, at: number): Promise<void> {
  await db
    .insert(warehouseOutage)
    .values({ id: ONE, since: at, seen_at: at })
    .onConflictDoUpdate({
      target: warehouseOutage.id,
      set: {
        since: sql`case when ${warehouseOutage.seen_at} > ${at - STALE_MS} then ${warehouseOutage.since} else ${at} end`,
        seen_at: at,
      },
    })
}

export async function endOutage(db: Db): Promise<void> {
  await db.delete(warehouseOutage).where(eq(warehouseOutage.id, ONE))
}
