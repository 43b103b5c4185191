import { stubs } from '../../durable-objects/stubs.ts'
import { type FieldError, Problem } from '../../shared/problem.ts'
import type { Head } from '../../shared/status-pages/state.ts'
import { getPage } from '../../shared/status-pages/store.ts'
import type { Resource, StatusPage } from '../../shared/status-pages/table.ts'
import { getMonitors } from '../../shared/uptime/store.ts'
import { type Asked, idOf } from './door.ts'

/** The page of the path, of this team. */
export async function pageOr404(c: Asked): Promise<StatusPage> {
  const page = await getPage(c.var.db, c.var.team, idOf(c))
  if (!page) throw noPage()
  return page
}
export const noPage = () => new Problem('not-found', 'This team has no status page with this id.')

export const invalid = (path: string, code: string, message: string) =>
  new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', {
    errors: [{ path, code, message } satisfies FieldError],
  })

/** Open dashboards refetch. */
export const tell = (c: Asked, page: string) =>
  c.executionCtx.waitUntil(stubs.live(c.var.team).publish({ type: 'status-page', id: page, version: Date.now() }))

/** What monitors measure now, by monitor. */
export async function headsOf(c: Asked, rows: readonly Pick<Resource, 'resource_id'>[]): Promise<Map<string, Head>> {
  const found = await getMonitors(c.var.db, c.var.team, [...new Set(rows.map((r) => r.resource_id))])
  return new Map(
    found.map(({ monitor, status, head }) => [
      monitor.id,
      { status, incident_id: head?.incident_id ?? null, status_since: head?.status_since ?? monitor.created_at },
    ]),
  )
}
