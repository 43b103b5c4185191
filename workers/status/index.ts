import { Hono } from 'hono'
import type { Env } from '../../durable-objects/env.ts'
import { acknowledgeLinks } from './acknowledge.ts'
import { calendarLinks } from './calendar.ts'
import { publicPage } from './public.ts'

/** Door 3: status page viewers and one-purpose links. HTML by host, cached, no JavaScript needed. */
export const status = new Hono<{ Bindings: Env }>()
  .route('/', calendarLinks)
  .route('/', acknowledgeLinks)
  .all('*', (c) => publicPage(c.req.raw, c.env, c.executionCtx))
