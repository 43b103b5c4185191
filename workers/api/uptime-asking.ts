import { createMiddleware } from 'hono/factory'
import { Problem } from '../../shared/problem.ts'
import { iso } from '../../shared/time.ts'
import { isAllowedTarget } from '../../shared/uptime/checks/guard.ts'
import type { CheckResult } from '../../shared/uptime/checks/spec.ts'
import { refuseWhatWeLack } from '../../shared/uptime/monitor.ts'
import { getMonitor, type Listed } from '../../shared/uptime/store.ts'
import { type Asked, type Door, idOf } from './door.ts'

// What the two files of this noun's routes share.

export async function monitorOr404(c: Asked): Promise<Listed> {
  const row = await getMonitor(c.var.db, c.var.team, idOf(c))
  if (!row) throw notFound()
  return row
}
export const notFound = () => new Problem('not-found', 'This team has no monitor with this id.')

/** Attributes that exist elsewhere but not here get an answer of their own, before the schema calls them wrong. */
export const weHaveIt = createMiddleware<Door>(async (c, next) => {
  refuseWhatWeLack(await c.req.json().catch(() => null))
  await next()
})

export function mustBeAllowed<T extends { url: string }>(c: Asked, typed: T): T {
  if (isAllowedTarget(new URL(typed.url), Boolean(c.env.ALLOW_PRIVATE_TARGETS))) return typed
  const message = 'This is a private or local address. An installation reaches those when ALLOW_PRIVATE_TARGETS is set.'
  throw new Problem('invalid', message, { errors: [{ path: 'url', code: 'blocked', message }] })
}

/** What a region saw, as the wire says it. */
export const seenBody = (r: CheckResult) => ({
  at: iso(r.at),
  region: r.region,
  colo: r.colo,
  outcome: r.outcome,
  error: r.error,
  status_code: r.status,
  response_time_ms: r.totalMs,
  ttfb_ms: r.ttfbMs,
  bytes: r.bytes,
  excerpt: r.excerpt,
})
