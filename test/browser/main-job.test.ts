import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { executablePath, launch, looks, open, picture } from './page.ts'

let browser: Browser
const servers: Server[] = []
beforeAll(async () => {
  if (executablePath) browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  for (const s of servers) s.close()
})

/** A real HTTP server on a port that stays the same when it is stopped and started again. */
async function aServer(port = 0): Promise<{ url: string; stop: () => Promise<void>; start: () => Promise<void> }> {
  const listen = (p: number) =>
    new Promise<Server>((ok) => {
      const s = createServer((_, r) => r.end('fine'))
      s.listen(p, '127.0.0.1', () => ok(s))
    })
  let server = await listen(port)
  servers.push(server)
  const { port: held } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${held}/`,
    async stop() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
    async start() {
      server = await listen(held)
      servers.push(server)
    },
  }
}

test.skipIf(!executablePath)(
  'sign up, watch a server, stop it, see and acknowledge the incident, start it, see it resolved and public',
  async () => {
    const base = inject('tocsin')
    const { page, context, complaints } = await open(browser, looks[0]!)
    const target = await aServer()
    const began = performance.now()
    let last = began
    const step = (name: string) => {
      const now = performance.now()
      console.log(`${((now - last) / 1000).toFixed(1).padStart(6)} s  ${name}`)
      last = now
    }

    await page.goto(`${base}/sign-in?state=sign-up`)
    await page.getByLabel('Your name').fill('Ada Byron')
    await page.getByLabel('E-mail').fill(`ada-${Date.now()}@example.com`)
    await page.getByLabel('Password').fill('correct horse battery')
    await page.getByLabel('Team').fill('Engines')
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
    step('signed up')

    await page.goto(`${base}/monitors?open=new`)
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('What should stay up?').fill(target.url)
    await sheet.getByLabel('Name').fill('Engine room')
    await sheet.getByText('10 s', { exact: true }).click()
    await sheet.getByText('Confirm and recover').click()
    await sheet.getByLabel('Well for, before up').fill('0')
    await page.keyboard.press('ControlOrMeta+Enter')
    await sheet.waitFor({ state: 'detached' })
    await page
      .getByRole('row', { name: /Engine room/ })
      .getByText('Up', { exact: true })
      .waitFor()
    step('monitor created and up')

    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('combobox', { name: 'Search or run' }).waitFor()
    await page.keyboard.type('eng')
    // found by the server after the pages that fit are listed: the better one is what Enter opens
    await page.getByRole('option', { name: /Engine room/, selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/monitors\/[0-9a-f-]{36}$/)
    step('found in the palette')

    await page.goto(`${base}/`)
    await target.stop()
    await page.getByRole('heading', { name: /Engine room/ }).waitFor({ timeout: 40_000 })
    step('server stopped, incident on the open page without a reload')
    await picture(page, 'main-job-incident')

    await page.getByRole('button', { name: /^Acknowledge/ }).click()
    await page.getByText('Acknowledged', { exact: true }).first().waitFor()
    step('acknowledged')

    await target.start()
    await page
      .getByText(/Nothing open/)
      .first()
      .waitFor({ timeout: 40_000 })
    step('server started, resolved')

    const api = context.request
    const post = async (path: string, data: object) => {
      const r = await api.post(`${base}${path}`, { data, headers: { origin: base } })
      expect(r.status(), await r.text()).toBe(201)
      return r.json()
    }
    const monitor = (await (await api.get(`${base}/api/uptime/monitors`)).json()).data[0]
    const subdomain = `engines-${Date.now()}`
    const made = await post('/api/status-pages', { name: 'Engines', subdomain })
    const section = await post(`/api/status-pages/${made.id}/sections`, { name: 'Rooms' })
    await post(`/api/status-pages/${made.id}/resources`, {
      section_id: section.id,
      resource_type: 'monitor',
      resource_id: monitor.id,
      public_name: 'Engine room',
    })
    await page.goto(`${base}/s/${subdomain}/`)
    await page.getByText('Engine room was down').waitFor()
    step('the public page tells it')
    await picture(page, 'main-job-public')

    console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  in all`)
    // a browser says in its console that nobody was signed in yet
    expect(complaints.filter((c) => !/status of 401/.test(c))).toEqual([])
    await context.close()
  },
)
