import { readdirSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { runTocsin } from '../test/process/runner.ts'
import { type Bench, median, quantile } from './bench.ts'

const SERVICES = 10
const VIEWS = 600
const BUDGET = 1.5
const BYTES_MAX = 40_000

/**
 * Time to the first byte of a public page beside that of a static asset, alternating in one run over one kept connection
 * each. Budget: 1.5 times the asset. A page of 10 services with 90 days of history; its size has a budget too.
 */
export const bench: Bench = {
  name: 'status-page',
  async run() {
    const tocsin = await runTocsin({ env: { TOCSIN_DEMO: '0' } })
    try {
      const page = await aPage(tocsin.api)
      const url = `${tocsin.url}/s/bench-page/`
      const asset = `${tocsin.url}/assets/${readdirSync('dashboard/dist/assets').find((f) => f.endsWith('.css'))}`
      for (let i = 0; i < 50; i++) await Promise.all([firstByte(url), firstByte(asset)])
      const times: Record<'page' | 'asset', number[]> = { page: [], asset: [] }
      for (let i = 0; i < VIEWS; i++) {
        times.page.push((await firstByte(url)).ms)
        times.asset.push((await firstByte(asset)).ms)
      }
      const misses: number[] = []
      for (const zone of Intl.supportedValuesOf('timeZone').slice(0, 60))
        misses.push((await firstByte(`${url}?tz=${encodeURIComponent(zone)}`)).ms)
      const { bytes } = await firstByte(url)
      await tocsin.api('DELETE', `/api/status-pages/${page}`)
      const compared = (metric: string, share: number) => {
        const [value, baseline] = [quantile(times.page, share), quantile(times.asset, share)]
        return { metric, value, unit: 'ms', baseline, ratio: value / baseline }
      }
      return [
        compared(`first byte beside an asset, p50 (budget ${BUDGET})`, 0.5),
        compared('first byte beside an asset, p95', 0.95),
        { metric: 'first byte of a rendering nobody has, p50', value: median(misses), unit: 'ms' },
        { metric: `HTML and CSS of ${SERVICES} services`, value: bytes, unit: 'bytes', baseline: BYTES_MAX, ratio: bytes / BYTES_MAX },
      ]
    } finally {
      await tocsin.stop()
    }
  },
}

async function aPage(api: Awaited<ReturnType<typeof runTocsin>>['api']): Promise<string> {
  const made = async (path: string, body: object) => {
    const { status, body: answer } = await api('POST', path, body)
    if (status !== 201) throw new Error(`POST ${path} answered ${status}: ${JSON.stringify(answer)}`)
    return answer
  }
  const page = await made('/api/status-pages', { name: 'Bench', subdomain: 'bench-page', timezone: 'Europe/Paris' })
  const section = await made(`/api/status-pages/${page.id}/sections`, { name: 'Payments' })
  for (let i = 0; i < SERVICES; i++) {
    const monitor = await made('/api/uptime/monitors', { url: 'http://127.0.0.1:9/', pronounceable_name: `Service ${i}`, paused: true })
    const section_id = i < 4 ? section.id : null
    await made(`/api/status-pages/${page.id}/resources`, { resource_id: monitor.id, public_name: `Service number ${i}`, section_id })
  }
  await made(`/api/status-pages/${page.id}/reports`, { title: 'Some payments fail', type: 'incident', message: 'We look into it.' })
  return page.id
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/** Milliseconds until the first byte of the body, and how many there were. */
const firstByte = (url: string): Promise<{ ms: number; bytes: number }> =>
  new Promise((ok, fail) => {
    const began = performance.now()
    request(url, { agent }, (response) => {
      let [ms, bytes] = [0, 0]
      response.on('data', (chunk: Buffer) => {
        if (!bytes) ms = performance.now() - began
        bytes += chunk.byteLength
      })
      response.on('end', () =>
        response.statusCode === 200 ? ok({ ms, bytes }) : fail(new Error(`${url} answered ${response.statusCode}`)),
      )
    })
      .on('error', fail)
      .end()
  })
