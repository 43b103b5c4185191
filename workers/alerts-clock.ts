import type { Env } from '../durable-objects/env.ts'
import { stubs } from '../durable-objects/stubs.ts'
import { db } from '../shared/db.ts'
import { log, reason } from '../shared/log.ts'
import { teamsWithAlerts } from '../shared/metrics/alerts/store.ts'

/** Objects wake themselves by an alarm; this is for one that the platform dropped. */
export async function armAlerts(env: Env): Promise<void> {
  for (const team of await teamsWithAlerts(db(env.DB)))
    await stubs.alerts(team).arm().catch((e) => log('alerts-not-armed', { team, message: reason(e) })) // biome-ignore format: one line
}
