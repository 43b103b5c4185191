import { executablePath, launch, looks, open } from '../test/browser/page.ts'
import { runTocsin } from '../test/process/runner.ts'
import { type Bench, type Figure, quantile } from './bench.ts'

const TIMES = 15
const BUDGET_MS = 1000

/** From declaring an incident to its title on an open dashboard, with polling switched off in the page; then again after the server was restarted. */
export const bench: Bench = {
  name: 'live',
  async run() {
    if (!executablePath) {
      console.log('live skipped: no Chromium found')
      return []
    }
    const browser = await launch()
    let tocsin = await runTocsin()
    try {
      const { page, context } = await open(browser, looks[0]!)
      // react-query polls by setInterval; nothing that waits for seconds may help
      await page.addInitScript(
        '{ const now = window.setTimeout; window.setInterval = () => 0; window.setTimeout = (f, ms, ...a) => (ms >= 4000 ? 0 : now(f, ms, ...a)) }',
      )
      const signIn = { data: { email: 'demo@tocsin.localhost', password: 'tocsin-demo' }, headers: { origin: tocsin.url } }
      await context.request.post(`${tocsin.url}/api/auth/sign-in/email`, signIn)
      await page.goto(`${tocsin.url}/incidents`)
      await page.getByRole('heading', { name: 'Incidents' }).first().waitFor()
      const appears = async (title: string) => {
        const began = performance.now()
        const made = await tocsin.api('POST', '/api/incidents', { title, notify: false })
        await page.getByText(title).first().waitFor({ timeout: 30_000 })
        await tocsin.api('PATCH', `/api/incidents/${made.body.id}/resolve`)
        return performance.now() - began
      }
      const times: number[] = []
      for (let i = 0; i < TIMES; i++) times.push(await appears(`Live ${i}`))
      const figures: Figure[] = [
        { metric: 'declared → on an open page, p50', value: quantile(times, 0.5), unit: 'ms' },
        {
          metric: 'declared → on an open page, p95',
          value: quantile(times, 0.95),
          unit: 'ms',
          baseline: BUDGET_MS,
          ratio: quantile(times, 0.95) / BUDGET_MS,
        },
      ]
      const { port, state } = tocsin
      await tocsin.kill()
      tocsin = await runTocsin({ port, state })
      const back = performance.now()
      const first = await appears('Live after the restart')
      figures.push({ metric: 'the same, first after a restart, reconnecting included', value: first, unit: 'ms' })
      figures.push({ metric: 'the same, next', value: await appears('Live once more'), unit: 'ms', baseline: BUDGET_MS })
      console.log(`reconnected within ${((performance.now() - back) / 1000).toFixed(1)} s of the restart`)
      return figures
    } finally {
      await browser.close()
      await tocsin.stop()
    }
  },
}
