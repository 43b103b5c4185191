import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { statusResources, statusSnapshots } from './table.ts'

/**
 * The statement for the batch of whatever changes what pages show: bumps the revision of one page, or of every page that
 * shows a monitor. Visitors see the change within a second, and a minute-old copy never again.
 */
export const touchPages = (db: Db, team: string, what: { monitor: string } | { page: string }, at: number) =>
  db
    .update(statusSnapshots)
    .set({ revision: sql`${statusSnapshots.revision} + 1`, updated_at: at })
    .where(
      and(
        eq(statusSnapshots.team, team),
        'page' in what
          ? eq(statusSnapshots.page_id, what.page)
          : inArray(
              statusSnapshots.page_id,
              db
                .select({ id: statusResources.page_id })
                .from(statusResources)
                .where(and(eq(statusResources.team, team), eq(statusResources.resource_id, what.monitor))),
            ),
      ),
    )
