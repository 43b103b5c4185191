import { afterAll, beforeAll, expect, test } from 'vitest'
import { runTocsin } from './runner.ts'

let tocsin: Awaited<ReturnType<typeof runTocsin>>
beforeAll(async () => {
  tocsin = await runTocsin({ env: { TOCSIN_DEMO: '0' } })
})
afterAll(() => tocsin.stop())

test('every address of the dashboard is its page, and it runs our own scripts only', async () => {
  for (const path of ['/', '/monitors', '/incidents/x']) {
    const r = await fetch(tocsin.url + path)
    expect(r.status).toBe(200)
    const policy = r.headers.get('content-security-policy')!
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    expect(await r.text()).toContain('<div id="root">')
  }
})

test('its scripts and fonts are there; a chunk of another release is 404, not the page', async () => {
  const html = await (await fetch(tocsin.url)).text()
  const script = html.match(/src="(\/assets\/[^"]+\.js)"/)![1]!
  expect((await fetch(tocsin.url + script)).headers.get('content-type')).toContain('javascript')
  expect((await fetch(`${tocsin.url}/fonts/geist.woff2`)).status).toBe(200)
  expect((await fetch(`${tocsin.url}/assets/index-gone.js`)).status).toBe(404)
})
