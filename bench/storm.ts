import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { runTocsin, until } from '../test/process/runner.ts'
import { type Bench, quantile } from './bench.ts'

/** `STORM_INCIDENTS` for a shorter run. */
const INCIDENTS = Number(process.env.STORM_INCIDENTS ?? 10_000)
const AT_ONCE = 50

/**
 * 10,000 incidents as fast as the API takes them, each paging a webhook of its team: time from the first to the last page, and none lost.
 * One Incidents object holds them all. People's phones would be grouped and mail limited (shared/notify/storm.ts); an endpoint is not.
 */
export const bench: Bench = {
  name: 'storm',
  async run() {
    const left = new Map<string, number>()
    const target = createServer(async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      const { data } = JSON.parse(Buffer.concat(parts).toString()) as { data: { incident?: { id: string } } }
      if (data.incident) left.set(data.incident.id, Date.now())
      response.end('{}')
    })
    await new Promise<void>((ok) => target.listen(0, '127.0.0.1', ok))
    const tocsin = await runTocsin({ env: { TOCSIN_DEMO: '0' } })
    try {
      const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`
      const make = async (path: string, body: object) => {
        const made = await tocsin.api('POST', path, body)
        if (made.status !== 201) throw new Error(`${path} was answered ${made.status}: ${JSON.stringify(made.body)}`)
        return made.body as { id: string }
      }
      const hook = await make('/api/integrations/webhooks', { name: 'Bench', url, events: ['monitor.up'] })
      const policy = await make('/api/oncall/policies', { name: 'Bench', steps: [{ targets: [{ type: 'webhook', id: hook.id }] }] })
      const opened = new Map<string, number>()
      const began = Date.now()
      let next = 0
      const worker = async () => {
        while (next < INCIDENTS) {
          const n = next++
          const at = Date.now()
          const { status, body } = await tocsin.api('POST', '/api/incidents', { title: `Storm ${n}`, policy_id: policy.id })
          if (status !== 201) throw new Error(`incident ${n} was answered ${status}`)
          opened.set(body.id, at)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
      const accepted = (Date.now() - began) / 1000
      await until('every page left', 600_000, async () => left.size >= INCIDENTS)
      const last = (Math.max(...left.values()) - began) / 1000
      const waits = [...left].map(([id, at]) => at - (opened.get(id) ?? at))
      const lost = [...opened.keys()].filter((id) => !left.has(id)).length
      return [
        { metric: `${INCIDENTS} incidents accepted`, value: accepted, unit: 's' },
        { metric: 'first incident → last page', value: last, unit: 's' },
        { metric: 'asked → page left, p50', value: quantile(waits, 0.5), unit: 'ms' },
        { metric: 'asked → page left, p99', value: quantile(waits, 0.99), unit: 'ms' },
        { metric: 'pages lost', value: lost, unit: 'pages' },
      ]
    } finally {
      target.closeAllConnections()
      target.close()
      await tocsin.stop()
    }
  },
}
