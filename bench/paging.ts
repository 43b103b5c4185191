import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { runTocsin, until } from '../test/process/runner.ts'
import { type Bench, type Figure, quantile } from './bench.ts'

const ALONE = 8
const AT_ONCE = 50
const BUDGET_MS = 2000
const PERIOD_S = 10
/** A busy machine makes everything late; longer than this means that it does not come. */
const PATIENCE_MS = 90_000

/** How often it is asked whether all is over. */
const ASK_MS = 1500

type Message = { at: string; incident_id: string }
type Incident = { id: string; monitor_id: string; started_at: string; created_at: string }
type Check = { at: string; round_id: string | null }
type Tocsin = Awaited<ReturnType<typeof runTocsin>>

/**
 * From the first failed check and from the verdict to the page leaving: monitors that break one after the other, and 50 at once, a
 * page each. Budget: p99 ≤ 2 s. That it also holds while D1 hangs is a test (test/durable-objects/incidents.test.ts), because only
 * there can D1 be made to hang.
 */
export const bench: Bench = {
  name: 'paging',
  async run() {
    const broken = new Set<string>()
    const target = createServer((request, response) => response.writeHead(broken.has(request.url!) ? 503 : 200).end('x'))
    await new Promise<void>((ok) => target.listen(0, '127.0.0.1', ok))
    const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}`
    const tocsin = await runTocsin({ env: { TOCSIN_DEMO: '0' } })
    try {
      const monitors: { id: string; path: string }[] = []
      for (let i = 0; i < ALONE + AT_ONCE; i++) {
        const path = `/${i}`
        const monitor = { url: url + path, pronounceable_name: `Bench ${i}`, check_frequency: PERIOD_S, recovery_period: 0 }
        monitors.push({ id: (await tocsin.api('POST', '/api/uptime/monitors', monitor)).body.id, path })
      }
      await until('all up', PATIENCE_MS, async () => {
        const { body } = await tocsin.api('GET', '/api/uptime/monitors?status=up&per_page=250')
        return body.data.length === monitors.length
      })
      const alone: Taken[] = []
      for (const m of monitors.slice(0, ALONE)) {
        broken.add(m.path)
        alone.push(...(await paged(tocsin, [m.id])))
      }
      const rest = monitors.slice(ALONE)
      const brokenAt = Date.now()
      for (const m of rest) broken.add(m.path)
      const together = await paged(
        tocsin,
        rest.map((m) => m.id),
      )
      const sinceBroken = together.map((t) => (t.leftAt - brokenAt) / 1000)
      return [
        ...figures(`one of ${ALONE} alone`, alone),
        ...figures(`${AT_ONCE} at once`, together),
        { metric: `target broke → page left, ${AT_ONCE} at once, p50`, value: quantile(sinceBroken, 0.5), unit: 's' },
      ]
    } finally {
      target.closeAllConnections()
      target.close()
      await tocsin.stop()
    }
  },
}

/** Milliseconds, and how many rounds the verdict took. */
type Taken = { fromFailure: number; fromVerdict: number; rounds: number; leftAt: number }

/** Waits until each of these monitors has an incident whose page is in the mailbox. */
async function paged(tocsin: Tocsin, monitors: string[]): Promise<Taken[]> {
  const wanted = new Set(monitors)
  const mailbox = async () => (await (await fetch(`${tocsin.url}/mailbox.json`)).json()) as Message[]
  // asking costs what is measured: the whole mailbox twenty times a second made everything two seconds later
  const found = await until('a page for each', PATIENCE_MS, async () => {
    await sleep(ASK_MS)
    const incidents = ((await tocsin.api('GET', '/api/incidents?per_page=250')).body.data as Incident[]).filter((i) =>
      wanted.has(i.monitor_id),
    )
    const left = new Map((await mailbox()).map((m) => [m.incident_id, Date.parse(m.at)]))
    return (
      incidents.length === wanted.size &&
      incidents.every((i) => left.has(i.id)) &&
      incidents.map((i) => ({ ...i, leftAt: left.get(i.id)! }))
    )
  })
  return Promise.all(
    found.map(async ({ monitor_id, started_at, created_at, leftAt }) => {
      const [from, opened] = [Date.parse(started_at), Date.parse(created_at)]
      const checks = await until('the checks of a verdict', PATIENCE_MS, async () => {
        const seen = (await tocsin.api('GET', `/api/uptime/monitors/${monitor_id}/checks?per_page=50`)).body.data as Check[]
        return seen.some((c) => c.round_id && Date.parse(c.at) >= from && Date.parse(c.at) <= opened) && seen
      })
      const rounds = new Set(checks.filter((c) => Date.parse(c.at) >= from && Date.parse(c.at) <= opened).flatMap((c) => c.round_id ?? []))
      return { fromFailure: leftAt - from, fromVerdict: leftAt - opened, rounds: rounds.size, leftAt }
    }),
  )
}

function figures(who: string, taken: Taken[]): Figure[] {
  const of = (metric: string, ms: number[], share: number): Figure => {
    const value = quantile(ms, share)
    const figure = { metric: `${metric}, ${who}, p${share * 100}`, value, unit: 'ms' }
    return share === 0.99 ? { ...figure, baseline: BUDGET_MS, ratio: value / BUDGET_MS } : figure
  }
  const failure = taken.map((t) => t.fromFailure)
  const verdict = taken.map((t) => t.fromVerdict)
  return [
    ...[0.5, 0.95, 0.99].map((share) => of('first failed check → page left', failure, share)),
    ...[0.5, 0.99].map((share) => of('incident opened → page left', verdict, share)),
    { metric: `rounds until the verdict, ${who}, most`, value: Math.max(...taken.map((t) => t.rounds)), unit: 'rounds' },
  ]
}
