import { runTocsin } from '../test/process/runner.ts'
import { type Bench, median } from './bench.ts'

const TIMINGS = 50
/** Fewer than close sign-in for an account. */
const TRIES_EACH = 4

/** An unknown address and a wrong password must cost the same: medians of 50 timings each, taken in turn. */
export const bench: Bench = {
  name: 'sign-in',
  async run() {
    const tocsin = await runTocsin({ env: { TOCSIN_DEMO: '0' } })
    try {
      let asked = 0
      const post = async (path: string, body: unknown): Promise<{ status: number; ms: number }> => {
        // the limit per address is not what is measured
        const address = `198.51.${Math.floor(asked / 250)}.${++asked % 250}`
        const headers = { 'content-type': 'application/json', 'cf-connecting-ip': address }
        const began = performance.now()
        const r = await fetch(`${tocsin.url}/api/auth/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
        await r.arrayBuffer()
        return { status: r.status, ms: performance.now() - began }
      }
      const accounts = Array.from({ length: Math.ceil(TIMINGS / TRIES_EACH) + 1 }, (_, i) => `known-${i}@example.com`)
      for (const email of accounts) {
        const { status } = await post('sign-up/email', { name: 'Bench', email, password: 'correct horse battery' })
        if (status !== 201) throw new Error(`sign-up answered ${status}`)
      }
      const times = { unknown: [] as number[], wrong: [] as number[] }
      for (let i = -TRIES_EACH; i < TIMINGS; i++) {
        const n = Math.floor((i + TRIES_EACH) / TRIES_EACH)
        const pair = { unknown: `nobody-${n}@example.com`, wrong: accounts[n]! }
        // in turn, and each first as often as the other
        for (const which of (i % 2 ? ['unknown', 'wrong'] : ['wrong', 'unknown']) as (keyof typeof times)[]) {
          const { status, ms } = await post('sign-in/email', { email: pair[which], password: 'wrong password' })
          if (status !== 401) throw new Error(`sign-in answered ${status}`)
          if (i >= 0) times[which].push(ms)
        }
      }
      const [unknown, wrong] = [median(times.unknown), median(times.wrong)]
      return [
        { metric: 'wrong password, median of 50', value: wrong, unit: 'ms' },
        { metric: 'unknown address, median of 50', value: unknown, unit: 'ms', baseline: wrong, ratio: unknown / wrong },
      ]
    } finally {
      await tocsin.stop()
    }
  },
}
