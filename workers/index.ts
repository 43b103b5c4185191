import type { Env } from '../durable-objects/env.ts'
import { dashboard } from './dashboard.ts'
import { whose } from './route.ts'

export { Alerts } from '../durable-objects/alerts.ts'
export { Incidents } from '../durable-objects/incidents.ts'
export { Live } from '../durable-objects/live.ts'
export { MonitorShard } from '../durable-objects/monitor-shard.ts'
export { Probe } from '../durable-objects/probe.ts'
export { Schedule } from '../durable-objects/schedule.ts'
export { Spool } from '../durable-objects/spool.ts'
export { Tail } from '../durable-objects/tail.ts'
export { Check } from './check.ts'
export { Deliver } from './deliver.ts'
export { Evaluate } from './evaluate.ts'

/** Host and path → door. The doors load when first used, so that one door's libraries do not slow another's cold start. */
export default {
  async fetch(request, env, ctx) {
    const url = new URL(request.url)
    switch (whose(request.method, url, request.headers, env)) {
      case 'api':
        return (await import('./api/index.ts')).api.fetch(request, env, ctx)
      case 'status':
        return (await import('./status/index.ts')).status.fetch(request, env, ctx)
      case 'mailbox':
        return env.MAILBOX ? env.MAILBOX.fetch(request) : new Response('Not found', { status: 404 })
      case 'ingest':
        return (await import('./ingest/index.ts')).ingest.fetch(request, env)
      case 'hooks':
        return (await import('./hooks/index.ts')).hooks.fetch(request, env, ctx)
      case 'dashboard':
        return dashboard(request, env)
    }
  },
  async queue(batch, env) {
    const { consumerOf } = await import('./queues/index.ts')
    await consumerOf(batch.queue)(batch, env, Date.now())
  },
  async scheduled(event, env, ctx) {
    const { clocks } = await import('./cron.ts')
    for (const clock of clocks[event.cron] ?? []) ctx.waitUntil(clock(env, event.scheduledTime))
  },
} satisfies ExportedHandler<Env>
