import { Hono } from 'hono'
import type { Env } from '../../durable-objects/env.ts'
import { stubs } from '../../durable-objects/stubs.ts'
import { openReport } from '../../shared/incidents/link.ts'
import { ring } from '../../shared/seal.ts'

/** `/hooks/push/<link>/<state>`: the service worker tells that a page was shown, or tapped. The sealed link is its only credential. */
export const pushHooks = new Hono<{ Bindings: Env }>().post('/:link/:state{delivered|seen}', async (c) => {
  const link = await openReport(ring(c.env.SECRET_KEYS), c.req.param('link'))
  if (!link) return c.text('Not found', 404)
  await stubs.incidents(link.team).told(link.page, { state: c.req.param('state') as 'delivered' | 'seen', providerId: null, detail: null })
  return c.body(null, 204)
})
