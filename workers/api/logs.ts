import { NewSource, Source, SourcePatch } from '../../shared/logs/schema.ts'
import {
  deleteSource,
  insertSource,
  listSources,
  newSource,
  readSource,
  refuseTooMany,
  rotateToken,
  tokenPlace,
  updateSource,
} from '../../shared/logs/store.ts'
import type { SourceRow } from '../../shared/logs/table.ts'
import { PageQuery, pageOf, pagination } from '../../shared/page.ts'
import { open, ring } from '../../shared/seal.ts'
import { iso } from '../../shared/time.ts'
import { isAllowedTarget } from '../../shared/uptime/checks/guard.ts'
import { drainOutbox } from '../outbox.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'
import { wrong } from './log-search.ts'

/** `/api/logs`: sources of telemetry. Their tokens are the credential of the ingest door. */
export const logs = door()
  .get('/sources', says('List sources', pageOf(Source)), can('logs:read'), takes('query', PageQuery), async (c) => {
    const query = c.req.valid('query')
    const { rows, total } = await listSources(c.var.db, c.var.team, query)
    return c.json({ data: await Promise.all(rows.map((row) => body(c, row))), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/sources', says('Create a source', Source, 201), can('logs:write'), takes('json', NewSource), (c) =>
    once(c, async (also) => {
      refuseAddress(c, c.req.valid('json').s3_endpoint)
      const { row } = await newSource(ring(c.env.SECRET_KEYS), c.var.team, c.req.valid('json'), Date.now())
      const answer = await body(c, row)
      await refuseTooMany(c.var.db, c.var.team)
      await c.var.db.batch([insertSource(c.var.db, c.var.team, row), ...also({ ...answer, token: null, api_key: null })])
      return answer
    }),
  )
  .get('/sources/:id', says('One source', Source), can('logs:read'), async (c) =>
    c.json(await body(c, await readSource(c.var.db, c.var.team, idOf(c)))),
  )
  .patch('/sources/:id', says('Change a source', Source), can('logs:write'), takes('json', SourcePatch), async (c) => {
    refuseAddress(c, c.req.valid('json').s3_endpoint)
    const row = await updateSource(c.var.db, ring(c.env.SECRET_KEYS), c.var.team, idOf(c), c.req.valid('json'), Date.now())
    c.executionCtx.waitUntil(drainOutbox(c.env, Date.now(), c.var.team))
    return c.json(await body(c, row))
  })
  .post('/sources/:id/rotate-token', says('Replace the token; the old one stops within 60 s', Source), can('logs:write'), async (c) =>
    c.json(await body(c, await rotateToken(c.var.db, ring(c.env.SECRET_KEYS), c.var.team, idOf(c), Date.now()))),
  )
  .delete('/sources/:id', says('Delete a source', null, 204), can('logs:write'), async (c) => {
    await deleteSource(c.var.db, c.var.team, idOf(c), Date.now())
    c.executionCtx.waitUntil(drainOutbox(c.env, Date.now(), c.var.team))
    return c.body(null, 204)
  })

/** What can be seen of an address without asking for it; the network itself looks again at what a name stands for. */
function refuseAddress(c: Asked, endpoint: string | null | undefined): void {
  if (!endpoint) return
  const url = new URL(endpoint)
  if (isAllowedTarget(url, Boolean(c.env.ALLOW_PRIVATE_TARGETS)) && !url.search && !url.hash && !url.username && !url.password) return
  throw wrong('s3_endpoint', 'Give a public address without query, user or password, as https://s3.eu-central-1.amazonaws.com.')
}

async function body(c: Asked, row: Omit<SourceRow, 'number'>): Promise<Source> {
  const token = c.var.may('logs:write') ? await open(ring(c.env.SECRET_KEYS), 'at-rest', tokenPlace(row.team), row.token_sealed) : null
  return {
    id: row.id,
    name: row.name,
    ingestion_method: row.ingestion_method,
    platform: row.platform,
    table_name: row.table_name,
    data_region: row.data_region,
    token,
    api_key: token,
    ingesting_host: new URL(c.env.TOCSIN_URL).host,
    vrl_pipeline: row.vrl_pipeline,
    retention_days: row.retention_days,
    metrics_retention_days: row.metrics_retention_days,
    s3_bucket: row.s3_bucket,
    s3_endpoint: row.s3_endpoint,
    s3_region: row.s3_region,
    s3_access_key: row.s3_access_key,
    s3_secret_set: row.s3_secret_sealed !== null,
    derived_metrics_enabled: row.derived_metrics_enabled,
    derived_metrics_nvme: row.derived_metrics_nvme,
    live_tail_pattern: row.live_tail_pattern,
    ingesting_paused: row.ingesting_paused,
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
  }
}
