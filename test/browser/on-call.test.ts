import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { TOKEN } from '../process/runner.ts'
import { executablePath, launch, looks, open, picture } from './page.ts'

let browser: Browser
beforeAll(async () => {
  if (executablePath) browser = await launch()
})
afterAll(() => browser?.close())

test.skipIf(!executablePath)(
  'a schedule is made; an override is dragged and another set by keys; a shift is covered, and the simulator knows',
  async () => {
    const base = inject('tocsin')
    const { page, context, complaints } = await open(browser, looks[0]!)
    const signedIn = await context.request.post(`${base}/api/auth/sign-in/email`, {
      data: { email: 'demo@tocsin.localhost', password: 'tocsin-demo' },
      headers: { origin: base },
    })
    expect(signedIn.status()).toBe(200)

    await page.goto(`${base}/on-call?open=new`)
    const sheet = page.getByRole('dialog', { name: 'New schedule' })
    await sheet.getByLabel('Name').first().fill('Night watch')
    await sheet.getByLabel('Time zone of its handoffs').selectOption('Europe/Paris')
    await sheet.getByLabel('Add a person').selectOption({ label: 'Noor Vance' })
    await sheet.getByLabel('First, Europe/Paris').fill('2026-01-05T09:00')
    await sheet.getByRole('button', { name: /^Create schedule/ }).click()
    await page.getByRole('heading', { name: 'Night watch schedule' }).waitFor()
    const grid = page.getByRole('region', { name: /^Night watch from/ })
    await grid.getByRole('listitem').filter({ hasText: 'Noor Vance' }).first().waitFor()

    // what a change would do is said before it is saved
    await page.keyboard.press('e')
    const edit = page.getByRole('dialog', { name: 'Edit Night watch' })
    await edit.getByLabel('Add a person').selectOption({ label: 'Clara Duvernay' })
    await edit
      .getByRole('region', { name: /^What changes/ })
      .getByText('Clara Duvernay', { exact: true })
      .first()
      .waitFor()
    await edit.getByRole('button', { name: 'Cancel', exact: true }).click()

    // dragged over two days of the next week
    const lane = page.getByRole('button', { name: /^Choose a time to override/ })
    const box = (await lane.boundingBox())!
    const day = box.width / 14
    await page.mouse.move(box.x + day * 9.1, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + day * 10.9, box.y + 20, { steps: 8 })
    await page.mouse.up()
    const form = page.getByRole('dialog', { name: 'Override Night watch' })
    await form.getByLabel('On call').selectOption({ label: 'Mei Arai' })
    await form.getByRole('button', { name: 'Override', exact: true }).click()
    await form.waitFor({ state: 'detached' })
    await grid.getByRole('listitem').filter({ hasText: 'Mei Arai, override' }).waitFor()

    // by keys: five hours, two hours further on
    await lane.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await form.getByLabel('On call').selectOption({ label: 'Clara Duvernay' })
    await form.getByText('Clara Duvernay for 5 h').waitFor()
    await form.getByRole('button', { name: 'Override', exact: true }).click()
    await grid.getByRole('listitem').filter({ hasText: 'Clara Duvernay, override' }).waitFor()
    await picture(page, 'on-call-journey')

    // the demo's Theo asks for cover; whoever signs in takes it
    await page
      .getByRole('group', { name: 'Schedule' })
      .or(page.getByLabel('Schedule', { exact: true }))
      .getByText('Payments')
      .click()
    const asked = page.getByRole('region', { name: 'Cover asked' })
    const when = /(\w{3} \d+ \w{3}) (\d\d:\d\d) to/.exec((await asked.textContent())!)!
    await asked.getByRole('button', { name: 'I take it' }).click()
    await asked.waitFor({ state: 'detached' })
    await page.getByRole('listitem').filter({ hasText: 'Ines Okafor, covers' }).first().waitFor()
    const year = new Date().getFullYear()
    const begins = new Date(`${when[1]} ${year} ${when[2]} UTC`)
    if (begins.getTime() < Date.now() - 86_400_000) begins.setFullYear(year + 1)
    await page.getByLabel('When, Europe/Paris').fill(new Date(begins.getTime() + 60 * 60_000).toISOString().slice(0, 16))
    await page.getByText('E-mail, covers').waitFor()
    await page.getByRole('heading', { name: 'My shifts' }).waitFor()

    await page.goto(`${base}/settings/policies`)
    await page.getByRole('region', { name: 'Last 30 d this would have paged' }).waitFor()
    await page.goto(`${base}/settings/urgencies?open=new`)
    const urgency = page.getByRole('dialog', { name: 'New urgency' })
    await urgency.getByLabel('Name').fill('Loud')
    await urgency.getByLabel('Call').check()
    await urgency.getByRole('button', { name: /^Create urgency/ }).click()
    await page.getByRole('listitem').filter({ hasText: 'Loud' }).filter({ hasText: 'Push, Call and E-mail' }).waitFor()
    expect(complaints).toEqual([])
    await context.close()
  },
  120_000,
)

test.skipIf(!executablePath)(
  'on a phone: a finger draws an override, a part of a cover is taken, and what nobody has is acknowledged under the thumb',
  async () => {
    const base = inject('tocsin')
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', (e) => complaints.push(e.message))
    const signedIn = await context.request.post(`${base}/api/auth/sign-in/email`, {
      data: { email: 'demo@tocsin.localhost', password: 'tocsin-demo' },
      headers: { origin: base },
    })
    expect(signedIn.status()).toBe(200)
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
    const api = async (method: string, path: string, body?: unknown): Promise<any> =>
      (await fetch(base + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) })).json()
    const members = (await api('GET', '/api/auth/members')).data as { user_id: string; name: string }[]
    const id = (name: string) => members.find((m) => m.name.startsWith(name))!.user_id
    const layers = [{ rotation_type: 'WEEKLY', rotation_start: '2026-01-05T09:00:00Z', participants: [id('Theo')] }]
    const schedule = await api('POST', '/api/oncall/schedules', { name: 'Thumbs', timezone: 'UTC', layers })
    const shifts = await api('GET', `/api/oncall/schedules/${schedule.id}/shifts`)
    const shift = shifts.find((s: { start_time: string }) => Date.parse(s.start_time) > Date.now())
    await api('POST', '/api/oncall/cover-requests', { shift_id: shift.id, on_behalf_of: id('Theo') })
    const incident = await api('POST', '/api/incidents', { title: 'Ledger is behind', severity: 'SEV2', notify: false })

    await page.goto(`${base}/on-call/${schedule.id}?from=2030-06-03`)
    const lane = page.getByRole('button', { name: /^Choose a time to override/ })
    await page
      .getByRole('region', { name: /^Thumbs from/ })
      .getByRole('listitem')
      .filter({ hasText: 'Theo Lindgren' })
      .first()
      .waitFor()
    await lane.evaluate((e) => e.scrollIntoView({ block: 'center' }))
    const box = (await lane.boundingBox())!
    const finger = await context.newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y: box.y + box.height / 2 }] })
    await touch('touchStart', 150)
    await page.waitForTimeout(400) // a finger that rests draws; one that moves at once scrolls
    for (let x = 150; x <= 240; x += 10) await touch('touchMove', x)
    await touch('touchEnd')
    await page.getByRole('button', { name: 'Override this' }).tap()
    const form = page.getByRole('dialog', { name: 'Override Thumbs' })
    await form.getByLabel('On call').selectOption({ label: 'Mei Arai' })
    await form.getByRole('button', { name: 'Override', exact: true }).tap()
    await page.getByRole('listitem').filter({ hasText: 'Mei Arai, override' }).waitFor()

    const asked = page.getByRole('region', { name: 'Cover asked' })
    await asked.getByRole('button', { name: 'Part of it' }).tap()
    await asked.getByRole('button', { name: 'Take this part' }).tap()
    await asked.getByRole('button', { name: 'Part of it' }).waitFor() // what is left is asked for as before
    const covers = (await api('GET', `/api/oncall/cover-requests?schedule_id=${schedule.id}`)).data as { status: string }[]
    expect(covers.map((c) => c.status).sort()).toEqual(['ACCEPTED', 'PENDING'])

    await picture(page, 'on-call-thumb')
    // other tests may have left one open that is older: the bar says which one it means
    const bar = page.getByRole('region', { name: 'Nobody has it yet' })
    const meant = (await bar.getByRole('link').getAttribute('href'))!.split('/').at(-1)
    await bar.getByRole('button', { name: 'Acknowledge' }).tap()
    await page.getByText('acknowledged: nobody else is paged').waitFor()
    expect((await api('GET', `/api/incidents/${meant}`)).status).toBe('ACKNOWLEDGED')
    await api('POST', `/api/incidents/${incident.id}/resolve`)
    expect(complaints).toEqual([])
    await context.close()
  },
  60_000,
)
