import { setTimeout as sleep } from 'node:timers/promises'
import { runTocsin } from '../test/process/runner.ts'
import { type Bench, type Figure, quantile } from './bench.ts'

const USERS = 50
const SECONDS = 8
const MONITORS = 200
/** Between an answer and the next question of one user. */
const READS_MS = 1000

/**
 * Reads and writes of the API. Budget at 50 concurrent users: p95 < 50 ms for reads, < 100 ms for writes; each looks at the answer for a
 * second before asking again. Beside it, without a budget, what the machine is worth: 50 requests in flight all the time.
 */
export const bench: Bench = {
  name: 'api',
  async run() {
    const tocsin = await runTocsin({ env: { TOCSIN_DEMO: '0' } })
    try {
      const ids: string[] = []
      const make = async () => {
        while (ids.length < MONITORS) {
          const monitor = { url: `http://127.0.0.1:9/${ids.length}`, pronounceable_name: `Bench ${ids.length}`, paused: true }
          const made = await tocsin.api('POST', '/api/uptime/monitors', monitor)
          if (made.status !== 201) throw new Error(`POST /api/uptime/monitors answered ${made.status}: ${JSON.stringify(made.body)}`)
          ids.push(made.body.id)
        }
      }
      await Promise.all(Array.from({ length: 8 }, make))
      const one = (i: number) => ids[i % ids.length]!
      const figures: Figure[] = []
      const reads: Record<string, (i: number) => Promise<{ status: number }>> = {
        'GET one monitor': (i) => tocsin.api('GET', `/api/uptime/monitors/${one(i)}`),
        'GET 50 monitors': () => tocsin.api('GET', '/api/uptime/monitors'),
        'GET incidents': () => tocsin.api('GET', '/api/incidents'),
      }
      const writes: Record<string, (i: number) => Promise<{ status: number }>> = {
        'PATCH a monitor': (i) => tocsin.api('PATCH', `/api/uptime/monitors/${one(i)}`, { pronounceable_name: `Bench renamed ${i}` }),
        'POST an incident': (i) => tocsin.api('POST', '/api/incidents', { title: `Bench ${i}`, notify: false }),
      }
      for (const [budget, set] of [[50, reads] as const, [100, writes] as const])
        for (const [metric, ask] of Object.entries(set)) {
          const people = await concurrently(ask, READS_MS)
          const p95 = quantile(people, 0.95)
          const machines = await concurrently(ask, 0)
          figures.push(
            { metric: `${metric}, 50 users, p95`, value: p95, unit: 'ms', baseline: budget, ratio: p95 / budget },
            { metric: `${metric}, 50 users, p50`, value: quantile(people, 0.5), unit: 'ms' },
            { metric: `${metric}, 50 in flight, p95`, value: quantile(machines, 0.95), unit: 'ms' },
            { metric: `${metric}, 50 in flight, answered`, value: machines.length / SECONDS, unit: 'a second' },
          )
        }
      return figures
    } finally {
      await tocsin.stop()
    }
  },
}

/** Milliseconds of each request, `USERS` at a time for `SECONDS`, each user's first two left out: the machine warms up with them. */
async function concurrently(ask: (i: number) => Promise<{ status: number }>, pauseMs: number): Promise<number[]> {
  const times: number[] = []
  const until = performance.now() + SECONDS * 1000
  await Promise.all(
    Array.from({ length: USERS }, async (_, user) => {
      // people do not press their buttons in step
      await sleep((pauseMs * user) / USERS)
      for (let n = 0; n < 3 || performance.now() < until; n++) {
        const began = performance.now()
        const { status } = await ask(user + n * USERS)
        if (status >= 300) throw new Error(`answered ${status}`)
        if (n > 1) times.push(performance.now() - began)
        if (pauseMs) await sleep(pauseMs)
      }
    }),
  )
  return times
}
