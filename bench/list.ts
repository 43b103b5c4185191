import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../local/clickhouse.ts'
import { start } from '../local/tocsin.ts'
import { executablePath, launch, looks, open } from '../test/browser/page.ts'
import { type Bench, quantile } from './bench.ts'
import { caller, type D1, make, TOKEN } from './monitors.ts'

const SCROLL_MS = 6000
const VISITS = 5
const FRAME_MS_MAX = 50

/** The list of 10,000 monitors in a real browser: how soon its first rows stand, how smoothly it scrolls, how soon the end is there. */
export const bench: Bench = {
  name: 'list',
  async run() {
    if (!executablePath) {
      console.log('list skipped: no Chromium found')
      return []
    }
    const state = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
    const tocsin = await start({ port: await freePort(), state, demo: false, token: TOKEN, say: () => {} })
    const browser = await launch()
    try {
      await make(caller(tocsin.url), (await tocsin.mf.getD1Database('DB')) as unknown as D1, 'http://127.0.0.1:9', true)
      const { page, context } = await open(browser, looks[0]!)
      const signIn = { data: { email: 'demo@tocsin.localhost', password: 'tocsin-demo' }, headers: { origin: tocsin.url } }
      await context.request.post(`${tocsin.url}/api/auth/sign-in/email`, signIn)
      const link = page.getByRole('link', { name: /^Monitors/ }).first()
      const row = page.getByRole('row', { name: /Shop \d/ })
      const first: number[] = []
      for (let i = 0; i < VISITS; i++) {
        await page.goto(`${tocsin.url}/settings/profile`)
        await page.waitForLoadState('networkidle')
        const began = performance.now()
        await link.click()
        await row.first().waitFor()
        first.push(performance.now() - began)
      }
      const frames = await page.evaluate<number[]>(scrolling(SCROLL_MS))
      const jumped = performance.now()
      await page.evaluate(`(${scroller}).scrollTop = 1e9`)
      await page
        .getByRole('row', { name: /Shop 9\d{3}/ })
        .last()
        .waitFor()
      const end = performance.now() - jumped
      const p95 = quantile(frames, 0.95)
      return [
        { metric: 'Monitors pressed → first rows of 10,000, p50', value: quantile(first, 0.5), unit: 'ms' },
        { metric: 'scrolling 7,200 px a second: a frame, p50', value: quantile(frames, 0.5), unit: 'ms' },
        { metric: 'scrolling 7,200 px a second: a frame, p95', value: p95, unit: 'ms', baseline: FRAME_MS_MAX, ratio: p95 / FRAME_MS_MAX },
        { metric: 'longest frame', value: Math.max(...frames), unit: 'ms' },
        { metric: 'jump to the end → its rows', value: end, unit: 'ms' },
        { metric: 'rows in the document meanwhile', value: await page.getByRole('row').count(), unit: 'rows' },
      ]
    } finally {
      await browser.close()
      await tocsin.stop()
      rmSync(state, { recursive: true, force: true, maxRetries: 10 })
    }
  },
}

/** What scrolls: as text, because the bench's own types know no document. */
const scroller = `[...document.querySelectorAll('main *')].find((e) => e.scrollHeight > e.clientHeight + 1000 && /auto|scroll/.test(getComputedStyle(e).overflowY))`

/** Scrolls a fixed way each frame, and tells how long the frames took. */
const scrolling = (ms: number) => `new Promise((done) => {
  const box = ${scroller}
  const frames = []
  let last = performance.now()
  const until = last + ${ms}
  const step = (at) => {
    if (frames.length || at > last) frames.push(at - last)
    last = at
    box.scrollTop += 120
    at < until ? requestAnimationFrame(step) : done(frames.slice(2))
  }
  requestAnimationFrame(step)
})`
