import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { runTocsin, until } from '../test/process/runner.ts'
import { type Bench, quantile } from './bench.ts'

const MONITORS = 60
const BUDGET_MS = 2000
const PERIOD_S = 10

type Message = { at: string; incident_id: string }
type Incident = { id: string; started_at: string; created_at: string }

/**
 * From the deciding check to the page leaving: 60 monitors that break at once, a page each. Budget: p99 ≤ 2 s. That it also holds while D1
 * hangs is a test (test/durable-objects/incidents.test.ts), because only there can D1 be made to hang.
 */
export const bench: Bench = {
  name: 'paging',
  async run() {
    let brokenAt = 0
    const target = createServer((_, response) => response.writeHead(brokenAt ? 503 : 200).end('x'))
    await new Promise<void>((ok) => target.listen(0, '127.0.0.1', ok))
    const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}`
    const tocsin = await runTocsin({ env: { TOCSIN_DEMO: '0' } })
    try {
      for (let i = 0; i < MONITORS; i++)
        await tocsin.api('POST', '/api/uptime/monitors', {
          url: `${url}/${i}`,
          pronounceable_name: `Bench ${i}`,
          check_frequency: PERIOD_S,
          recovery_period: 0,
        })
      const all = async (status: string) =>
        (await tocsin.api('GET', `/api/uptime/monitors?status=${status}&per_page=250`)).body.data.length === MONITORS
      await until('all up', 60_000, () => all('up'))
      brokenAt = Date.now()
      const mailbox = async () => (await (await fetch(`${tocsin.url}/mailbox.json`)).json()) as Message[]
      await until('all paged', 60_000, async () => new Set((await mailbox()).map((m) => m.incident_id)).size >= MONITORS)
      const left = new Map((await mailbox()).map((m) => [m.incident_id, Date.parse(m.at)]))
      const incidents = (await tocsin.api('GET', '/api/incidents?per_page=250')).body.data as Incident[]
      const fromVerdict = incidents.map((i) => left.get(i.id)! - Date.parse(i.created_at))
      const fromFailure = incidents.map((i) => left.get(i.id)! - Date.parse(i.started_at))
      const fromBreaking = [...left.values()].map((at) => (at - brokenAt) / 1000)
      return [
        {
          metric: 'incident opened → page left, p99',
          value: quantile(fromVerdict, 0.99),
          unit: 'ms',
          baseline: BUDGET_MS,
          ratio: quantile(fromVerdict, 0.99) / BUDGET_MS,
        },
        { metric: 'first failed check → page left, p50', value: quantile(fromFailure, 0.5), unit: 'ms' },
        {
          metric: 'first failed check → page left, p99',
          value: quantile(fromFailure, 0.99),
          unit: 'ms',
          baseline: BUDGET_MS,
          ratio: quantile(fromFailure, 0.99) / BUDGET_MS,
        },
        { metric: `target broke → page left, p50 at ${PERIOD_S} s checks`, value: quantile(fromBreaking, 0.5), unit: 's' },
      ]
    } finally {
      target.closeAllConnections()
      target.close()
      await tocsin.stop()
    }
  },
}
