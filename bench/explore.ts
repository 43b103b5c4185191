import type { Page } from 'playwright-core'
import { executablePath, launch } from '../test/browser/page.ts'
import { runTocsin } from '../test/process/runner.ts'
import { type Bench, type Figure, quantile } from './bench.ts'

const SPANS = 10_000
const LINES = 100_000
const TRIES = 5
const OPEN_BUDGET_MS = 1000
/** Two frames of a screen that shows 60 a second: what is slower is seen. */
const FRAME_BUDGET_MS = 33.4
const SCROLL_MS = 5000
const TRACE = 'f'.repeat(31)

/** What a person waits for in the dashboard's Explore pages, in a real browser: a trace of 10,000 spans opens, 100,000 lines and its spans scroll. */
export const bench: Bench = {
  name: 'explore',
  async run() {
    if (!executablePath) throw new Error('No Chromium found: install it, or set CHROMIUM.')
    const tocsin = await runTocsin({ env: { TOCSIN_DEMO: '0' } })
    const browser = await launch()
    try {
      const { body: source } = await tocsin.api('POST', '/api/logs/sources', { name: 'Explore' })
      const send = async (path: string, body: string) => {
        const headers = { authorization: `Bearer ${source.token}`, 'content-type': 'application/json' }
        const answer = await fetch(tocsin.url + path, { method: 'POST', headers, body })
        if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${await answer.text()}`)
      }
      for (let n = 0; n < TRIES; n++) await send('/v1/traces', aTrace(`${TRACE}${n + 1}`))
      for (let from = 0; from < LINES; from += 10_000) await send('/', lines(from, 10_000))
      await stored(tocsin.api)

      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      const signIn = { email: 'demo@tocsin.localhost', password: 'tocsin-demo' }
      await context.request.post(`${tocsin.url}/api/auth/sign-in/email`, { data: signIn, headers: { origin: tocsin.url } })
      const page = await context.newPage()
      await page.goto(`${tocsin.url}/traces`)
      await page.locator('main a[href^="/traces/"]').first().waitFor()

      const opened: number[] = []
      for (let n = 0; n < TRIES; n++) {
        await page.goto(`${tocsin.url}/traces`)
        const link = page.locator(`a[href="/traces/${TRACE}${n + 1}"]`).first()
        await link.waitFor()
        const began = performance.now()
        await link.click()
        await page.locator('[role=treegrid] [role=row]').nth(10).waitFor()
        opened.push(performance.now() - began)
      }
      const spans = await scrolled(page, '[role=treegrid]')
      await page.keyboard.press('v')
      await page.locator('[role=img][aria-label^="Flame"]').waitFor()

      await page.goto(`${tocsin.url}/logs?from=-6h`)
      const grid = page.locator('[role=grid]')
      await grid.locator('[role=row]').nth(20).waitFor()
      const began = performance.now()
      while (Number(await grid.getAttribute('aria-rowcount')) < LINES) {
        await grid.evaluate((box) => Object.assign(box, { scrollTop: 0 }) && undefined)
        await page.waitForTimeout(20)
        if (performance.now() - began > 120_000) throw new Error('The lines did not load.')
      }
      const loadedMs = performance.now() - began
      const shown = await scrolled(page, '[role=grid]')
      const drawn = await grid.locator('[role=row]').count()
      return [
        { metric: `trace of ${SPANS} spans: click → waterfall, p50`, value: quantile(opened, 0.5), unit: 'ms', baseline: OPEN_BUDGET_MS, ratio: quantile(opened, 0.5) / OPEN_BUDGET_MS },
        { metric: 'the same, slowest', value: Math.max(...opened), unit: 'ms', baseline: OPEN_BUDGET_MS, ratio: Math.max(...opened) / OPEN_BUDGET_MS },
        ...frames(`its ${SPANS} spans scroll`, spans),
        { metric: `${LINES} lines: loaded by scrolling up`, value: loadedMs, unit: 'ms' },
        ...frames(`${LINES} lines scroll`, shown),
        { metric: 'lines drawn of them at once', value: drawn, unit: 'rows' },
      ] // biome-ignore format: a table
    } finally {
      await browser.close()
      await tocsin.stop()
    }
  },
}

const frames = (what: string, times: number[]): Figure[] => [
  { metric: `${what}, a frame, p50`, value: quantile(times, 0.5), unit: 'ms' },
  { metric: `${what}, a frame, p95`, value: quantile(times, 0.95), unit: 'ms', baseline: FRAME_BUDGET_MS, ratio: quantile(times, 0.95) / FRAME_BUDGET_MS },
  { metric: `${what}, slowest frame`, value: Math.max(...times), unit: 'ms' },
] // biome-ignore format: a table

/** Milliseconds between frames while the box is scrolled from end to end and back, 3,000 px a step. */
async function scrolled(page: Page, box: string): Promise<number[]> {
  return page.evaluate<number[]>(`(${SCROLLING})(document.querySelector('${box}'), ${SCROLL_MS})`)
}
/** Runs in the page, where this file's types are not. */
const SCROLLING = `(element, ms) => new Promise((done) => {
  const times = []
  let last = performance.now()
  const end = last + ms
  let by = element.scrollTop > element.scrollHeight / 2 ? -3000 : 3000
  const frame = (now) => {
    times.push(now - last)
    last = now
    const before = element.scrollTop
    element.scrollTop += by
    if (element.scrollTop === before) by = -by
    if (now < end) requestAnimationFrame(frame)
    else done(times.slice(5))
  }
  requestAnimationFrame(frame)
})`

async function stored(api: Awaited<ReturnType<typeof runTocsin>>['api']): Promise<void> {
  const count = async (table: string) =>
    Number((await api('POST', '/api/logs/query', { query: `SELECT count() AS n FROM ${table}` })).body.data?.[0]?.n ?? 0)
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    if ((await count('logs')) >= LINES && (await count('spans')) >= SPANS * TRIES) return
    await new Promise((done) => setTimeout(done, 200))
  }
  throw new Error('What was sent did not arrive.')
}

const lines = (from: number, count: number): string => {
  const at = Date.now() - 3_600_000
  return Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      dt: new Date(at + (from + i) * 10).toISOString(),
      level: (from + i) % 20 ? 'info' : 'error',
      service: `svc-${i % 12}`,
      message: `checkout of order ${from + i} took ${(i * 37) % 900} ms at the upstream`,
      status: 200 + (i % 5),
      path: `/api/v1/orders/${i}`,
    }),
  ).join('\n')
}

/** A tree, three children to a span, as a request through a dozen services leaves. */
function aTrace(traceId: string): string {
  const at = BigInt(Date.now() - 60_000) * 1_000_000n
  const hex = (n: number) => n.toString(16).padStart(16, '0')
  const spans = Array.from({ length: SPANS }, (_, i) => ({
    traceId,
    spanId: hex(i + 1),
    ...(i ? { parentSpanId: hex(Math.floor((i - 1) / 3) + 1) } : {}),
    name: `step ${i % 40}`,
    kind: 2,
    startTimeUnixNano: String(at + BigInt(i) * 100_000n),
    endTimeUnixNano: String(at + BigInt(i) * 100_000n + 50_000_000n),
    status: i % 500 === 499 ? { code: 2, message: 'refused' } : {},
    attributes: [
      { key: 'http.route', value: { stringValue: `/r/${i % 50}` } },
      { key: 'n', value: { intValue: String(i) } },
    ],
  }))
  const service = (n: number) => ({ attributes: [{ key: 'service.name', value: { stringValue: `svc-${n}` } }] })
  const of = (n: number) => ({ resource: service(n), scopeSpans: [{ spans: spans.filter((_, i) => i % 12 === n) }] })
  return JSON.stringify({ resourceSpans: Array.from({ length: 12 }, (_, n) => of(n)) })
}
