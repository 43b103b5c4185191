import type { Env } from '../durable-objects/env.ts'
import { stubs } from '../durable-objects/stubs.ts'
import { Upload } from '../durable-objects/transport.ts'
import { db } from '../shared/db.ts'
import { type GaugeName, gaugeNames } from '../shared/health/names.ts'
import { saveGauges } from '../shared/health/store.ts'
import { oldestUnsentPage } from '../shared/incidents/store.ts'
import { log, reason } from '../shared/log.ts'
import { outboxAge } from '../shared/outbox.ts'
import { shardsInUse } from '../shared/uptime/store.ts'
import { type TableName, tables } from '../shared/warehouse/insert.ts'
import { outageSince } from '../shared/warehouse/outage.ts'
import { onShelf } from './queues/parked.ts'

/** The team that our own metrics belong to: nobody is in it. */
export const SYSTEM = { team: '00000000-0000-7000-8000-000000000001', source: '00000000-0000-7000-8000-000000000002' }
const RETENTION_DAYS = 30

type Gauges = Record<GaugeName, number>

/**
 * Once a minute: asks the objects how they are, keeps the answers where /api/health finds them without waking anybody, and sends them
 * the way of everybody's metrics. DESIGN §8 "We watch ourselves".
 */
export async function takeGauges(env: Env, at: number): Promise<void> {
  const measured = await measure(env, at)
  await saveGauges(db(env.DB), measured, at)
  // ClickHouse may be away: what /api/health says does not depend on it
  await store(env, measured, at).catch((e) => log('gauges-not-stored', { message: reason(e) }))
}

async function measure(env: Env, at: number): Promise<Gauges> {
  const database = db(env.DB)
  const [shards, spools, outbox_age_ms, oldest_unsent_page_ms, rows_parked, rows_refused, since] = await Promise.all([
    shardsInUse(database).then((all) => Promise.all(all.map((n) => stubs.monitorShard(n).gauges()))),
    env.TRANSPORT === 'spool' ? Promise.all((Object.keys(tables) as TableName[]).map((t) => stubs.spool(t).gauges())) : [],
    outboxAge(database, at),
    oldestUnsentPage(database, at),
    onShelf(env, 'waiting'),
    onShelf(env, 'refused'),
    outageSince(database, at),
  ])
  const sum = (of: (s: (typeof shards)[number]) => number) => shards.reduce((total, s) => total + of(s), 0)
  const oldest = Math.min(at, ...spools.flatMap((s) => s.oldest ?? []))
  return {
    monitors: sum((s) => s.monitors),
    checks_per_minute: sum((s) => s.begun),
    checks_late: sum((s) => s.late),
    shard_lag_ms: Math.max(0, ...shards.map((s) => s.lag_ms)),
    checks_lost_24h: sum((s) => s.lost),
    spool_rows: spools.reduce((total, s) => total + s.rows, 0),
    spool_oldest_ms: at - oldest,
    rows_parked,
    rows_refused,
    outage_ms: since === null ? 0 : at - since,
    outbox_age_ms,
    oldest_unsent_page_ms,
  }
}

async function store(env: Env, measured: Gauges, at: number): Promise<void> {
  // loaded when first used: a cron must not make the doors slower to start
  const [{ Labels }, { seriesRow, samplesRow, metadataRow }] = await Promise.all([
    import('../shared/metrics/promql/labels.ts'),
    import('../shared/metrics/rows.ts'),
  ])
  const origin = { ...SYSTEM, retentionDays: RETENTION_DAYS }
  const day = new Date(at).toISOString().slice(0, 10)
  const found = Object.entries(measured).map(([name, value]) => {
    const labels = Labels.of({ __name__: `tocsin_${name}` })
    return { name: name as GaugeName, value, series: { fingerprint: labels.hash().toString(), day, labels } }
  })
  const upload = new Upload(env)
  if (known !== day) {
    await upload.add('series', found.map(({ series }) => seriesRow(origin, series, day)).join(''), found.length)
    const told = found.map(({ name }) =>
      metadataRow(origin, { name: `tocsin_${name}`, type: 'gauge', unit: '', help: gaugeNames[name] }, at),
    )
    await upload.add('metric_metadata', told.join(''), told.length)
  }
  await upload.add(
    'samples',
    samplesRow(
      origin,
      found.map(({ series, value }) => ({ series, at, value, start: 0 })),
    ),
    1,
  )
  await upload.commit()
  known = day
}
/** Per isolate: the day whose series were stored. */
let known = ''
