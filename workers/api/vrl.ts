import { clickhouseOf } from '../../durable-objects/transport.ts'
import type { Actor } from '../../shared/actor.ts'
import { namesOf } from '../../shared/incidents/store.ts'

import { rebuiltLog, rebuiltSpan } from '../../shared/logs/pipeline/rebuilt.ts'
import { readSample } from '../../shared/logs/pipeline/samples.ts'
import {
  type DiagnosticBody,
  EventsBody,
  EventsQuery,
  PipelineBody,
  PipelinePatch,
  PipelinesBody,
  Rollback,
  Run,
  RunBody,
  type Signal,
  VersionBody,
  VersionsQuery,
} from '../../shared/logs/pipeline/schema.ts'
import { dropFlags, dropsOf, latestVersion, listVersions, pipelineOf, putPipeline, readVersion } from '../../shared/logs/pipeline/store.ts'
import type { VersionRow } from '../../shared/logs/pipeline/table.ts'
import type { Pipeline } from '../../shared/logs/pipeline/transform.ts'
import { readSource } from '../../shared/logs/store.ts'
import type { SourceRow } from '../../shared/logs/table.ts'
import { pageOf, pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { iso } from '../../shared/time.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { forgetSource } from '../ingest/source.ts'
import { type Asked, can, door, idOf, says, takes } from './door.ts'

const read = can('logs:read')
const write = can('logs:write')

/** `/api/logs`: programs that transform what sources send, their versions, and trying them. */
export const vrl = door()
  .get('/sources/:id/vrl-pipeline', says('The programs that run', PipelinesBody), read, async (c) => {
    const row = await source(c)
    const [logs, spans] = await Promise.all([pipelineBody(c, row, 'logs'), pipelineBody(c, row, 'spans')])
    return c.json({ logs, spans })
  })
  .patch('/sources/:id/vrl-pipeline', says('Change the program', PipelineBody), write, takes('json', PipelinePatch), async (c) => {
    const { signal, program, vrl_pipeline, ...flags } = c.req.valid('json')
    return c.json(await put(c, signal, { program: program ?? vrl_pipeline ?? '', drops: dropsOf(flags) }))
  })
  .get(
    '/sources/:id/vrl-pipeline/versions',
    says('List versions, the newest first', pageOf(VersionBody)),
    read,
    takes('query', VersionsQuery),
    async (c) => {
      const query = c.req.valid('query')
      const { id } = await source(c)
      const { rows, total } = await listVersions(c.var.db, c.var.team, id, query.signal, query)
      const names = await namesOf(c.var.db, c.var.team, people(rows))
      return c.json({ data: rows.map((row) => versionBody(row, names)), pagination: pagination(new URL(c.req.url), query, total) })
    },
  )
  .post(
    '/sources/:id/vrl-pipeline/rollback',
    says('Bring a version back, as a new one', PipelineBody),
    write,
    takes('json', Rollback),
    async (c) => {
      const { signal, version } = c.req.valid('json')
      const { id } = await source(c)
      const { program, drops } = await readVersion(c.var.db, c.var.team, id, signal, version)
      return c.json(await put(c, signal, { program, drops }, version))
    },
  )
  .get(
    '/sources/:id/vrl-pipeline/events',
    says('The last events, to try a program on', EventsBody),
    read,
    takes('query', EventsQuery),
    async (c) => {
      const { signal, last } = c.req.valid('query')
      return c.json(await lastEvents(c, await source(c), signal, last))
    },
  )
  .post('/vrl/run', says('Try a program', RunBody), read, takes('json', Run), async (c) => {
    const { program, signal, events: given, source_id, last } = c.req.valid('json')
    const { from, events } = given
      ? { from: 'given' as const, events: given }
      : await lastEvents(c, await readSource(c.var.db, c.var.team, source_id!), signal, last)
    const surroundings = { at: Date.now(), random: Math.random, clock: () => performance.now() }
    return c.json({ from, ...(await language()).tryProgram(program, events, surroundings) })
  })

/** The compiler is large: it is loaded when a program is, and not with the door. */
const language = () => import('../../shared/logs/pipeline/run.ts')

const source = (c: Asked): Promise<SourceRow> => readSource(c.var.db, c.var.team, idOf(c))

/** Refuses what does not compile, with every diagnostic; else it runs within 60 s wherever something arrives, here at once. */
async function put(c: Asked, signal: Signal, pipeline: Pipeline, restoredFrom: number | null = null): Promise<PipelineBody> {
  const { id } = await source(c)
  const { errors } = (await language()).check(pipeline.program)
  if (errors.length) throw refused(errors)
  await putPipeline(c.var.db, c.var.team, id, signal, pipeline, c.var.actor, Date.now(), restoredFrom)
  forgetSource(id)
  return pipelineBody(c, await source(c), signal)
}

/** 422 with the diagnostics as data: in short in `errors`, whole in `diagnostics`. `path` is the attribute that holds the program. */
export const refused = (diagnostics: readonly DiagnosticBody[], path = 'program') =>
  new Problem('invalid', 'The program does not compile. diagnostics says where and why.', {
    errors: diagnostics.map(({ code, message, labels }) => ({
      path,
      code,
      message,
      at: (labels.find((l) => l.primary) ?? labels[0])?.start ?? 0,
    })),
    diagnostics,
  })

async function pipelineBody(c: Asked, row: SourceRow, signal: Signal): Promise<PipelineBody> {
  const latest = await latestVersion(c.var.db, c.var.team, row.id, signal)
  const { program, drops } = pipelineOf(row, signal) ?? { program: '', drops: latest?.drops ?? 'abort' }
  return {
    signal,
    program,
    ...dropFlags(drops),
    version: latest?.version ?? null,
    author: latest && author(latest, await namesOf(c.var.db, c.var.team, people([latest]))),
    changed_at: latest && iso(latest.created_at),
    warnings: program ? (await language()).check(program).warnings : [],
  }
}

const people = (rows: readonly VersionRow[]): string[] => [...new Set(rows.filter((r) => r.author_type === 'user').map((r) => r.author_id))]
const author = (row: VersionRow, names: ReadonlyMap<string, string>): Actor => ({
  type: row.author_type,
  id: row.author_id,
  name: row.author_type === 'user' ? (names.get(row.author_id) ?? '') : row.author_name,
})
const versionBody = (row: VersionRow, names: ReadonlyMap<string, string>): VersionBody => ({
  id: row.id,
  signal: row.signal,
  version: row.version,
  program: row.program,
  ...dropFlags(row.drops),
  restored_from: row.restored_from,
  author: author(row, names),
  created_at: iso(row.created_at),
})

/** As they came where the door kept some; else rebuilt from stored rows, which with a program are what it left. */
async function lastEvents(c: Asked, row: SourceRow, signal: Signal, last: number): Promise<EventsBody> {
  if (pipelineOf(row, signal)) {
    const kept = await readSample(c.var.db, c.var.team, row.id, signal, Date.now())
    if (kept.length) return { from: 'received', events: kept.slice(-last).map((text) => JSON.parse(text) as unknown) }
  }
  const ch = clickhouse(clickhouseOf(c.env))
  const rows = await ch.rows<Record<string, unknown>>(
    `SELECT * EXCEPT (team, source_id, retention_days) FROM tocsin.${signal}
     WHERE team = {team:UUID} AND source_id = {source:UUID} AND timestamp >= now() - INTERVAL 1 DAY
     ORDER BY timestamp DESC LIMIT {last:UInt32}`,
    { team: c.var.team, source: row.id, last },
  )
  const rebuild = signal === 'logs' ? rebuiltLog : rebuiltSpan
  return { from: 'stored', events: rows.reverse().map(rebuild) }
}
