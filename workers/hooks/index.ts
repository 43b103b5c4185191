import { Hono } from 'hono'
import type { Env } from '../../durable-objects/env.ts'
import { log, reason } from '../../shared/log.ts'
import { pushHooks } from './push.ts'
import { s3Hooks } from './s3.ts'
import { telegramHooks } from './telegram.ts'
import { twilioHooks } from './twilio.ts'

/** Door 4: other people calling us. Each verifies who calls before anything else. */
export const hooks = new Hono<{ Bindings: Env }>()
  .route('/hooks/twilio', twilioHooks)
  .route('/hooks/telegram', telegramHooks)
  .route('/hooks/push', pushHooks)
  .route('/hooks/s3', s3Hooks)

hooks.notFound((c) => c.text('Not found', 404))
hooks.onError((e, c) => {
  log('hook-failed', { path: c.req.path.split('/').slice(0, 4).join('/'), message: reason(e) })
  // providers come again after a 5xx
  return c.text('Try again', 503, { 'retry-after': '5' })
})
