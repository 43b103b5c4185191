import type { Env } from '../durable-objects/env.ts'
import { sweepPeople } from '../shared/auth/sweep.ts'
import { db } from '../shared/db.ts'
import { forgetAnswers } from '../shared/idempotency.ts'
import { forgetOldDeliveries } from '../shared/integrations/deliveries.ts'
import { forgetOutcomes } from '../shared/logs/pipeline/outcomes.ts'
import { forgetSamples } from '../shared/logs/pipeline/samples.ts'
import { forgetDeletedMonitors } from '../shared/uptime/store.ts'
import { armAlerts } from './alerts-clock.ts'
import { archiveDays, archiveHours } from './archive.ts'
import { pollCalendars } from './calendars.ts'
import { takeGauges } from './gauges.ts'
import { drainOutbox } from './outbox.ts'
import { replayParked, sweepInFlight } from './queues/replay.ts'
import { holdToQuotas } from './quotas.ts'
import { armShards } from './shards.ts'

type Clock = (env: Env, at: number) => Promise<unknown>

/** Every clock in one table: the cron of wrangler.toml → what it does. Objects keep their own time; these are sweeps. */
export const clocks: Record<string, Clock[]> = {
  '* * * * *': [
    (env, at) => drainOutbox(env, at),
    (env) => armShards(env),
    (env) => replayParked(env),
    (env, at) => forgetSamples(db(env.DB), at),
    holdToQuotas,
    takeGauges,
    pollCalendars,
  ],
  '10 * * * *': [archiveHours, armAlerts],
  '0 3 * * *': [
    (env, at) => forgetAnswers(db(env.DB), at),
    (env, at) => sweepPeople(db(env.DB), at),
    (env, at) => forgetOldDeliveries(db(env.DB), at),
    (env, at) => forgetOutcomes(db(env.DB), at),
    (env, at) => forgetDeletedMonitors(db(env.DB), at),
    sweepInFlight,
    archiveDays,
  ],
}
