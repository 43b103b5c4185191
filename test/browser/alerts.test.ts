import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { executablePath, launch, looks, open, picture } from './page.ts'

let browser: Browser
beforeAll(async () => {
  if (executablePath) browser = await launch()
})
afterAll(() => browser?.close())

test.skipIf(!executablePath)(
  'open the demo’s board, add a panel, save it, make an alert from it and see when it would have fired',
  async () => {
    const base = inject('tocsin')
    const { page, context, complaints } = await open(browser, looks[0]!)
    await context.request.post(`${base}/api/auth/sign-in/email`, {
      data: { email: 'demo@tocsin.localhost', password: 'tocsin-demo' },
      headers: { origin: base },
    })
    await page.goto(`${base}/dashboards`)
    await page.getByRole('link', { name: /Demo shop.*panels/ }).click()
    await page.getByRole('region', { name: 'Requests by route' }).getByRole('img').waitFor()
    await page.getByRole('button', { name: /^Route/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'GET /shelf' }).click()
    await page.waitForURL(/var-route=GET/)
    await page.keyboard.press('Escape')

    await page.keyboard.press('e')
    await page.getByRole('button', { name: 'Panel', exact: true }).click()
    const form = page.getByRole('dialog', { name: 'New panel' })
    await form.getByLabel('Title').fill('Carts')
    await form.getByRole('textbox', { name: 'Query A' }).fill('shop_carts_open')
    await form.getByRole('button', { name: /Take over/ }).click()
    await page.getByRole('button', { name: 'Move Carts: drag, or arrow keys' }).press('ArrowRight')
    await page.getByRole('button', { name: /^Save/ }).click()
    await page.getByText('version 2').waitFor()
    await picture(page, 'journey-board')

    // somebody outside of the team sees the panels by a link, and nothing else
    const made = await context.request.post(`${base}/api/metrics${new URL(page.url()).pathname}/links`, {
      data: {},
      headers: { origin: base },
    })
    const stranger = await open(browser, looks[0]!)
    await stranger.page.goto(base + new URL((await made.json()).url).pathname)
    await stranger.page.getByRole('region', { name: 'Requests by route' }).getByRole('img').waitFor()
    expect(await stranger.page.getByRole('navigation').count()).toBe(0)
    await picture(stranger.page, 'journey-board-shared')
    expect(stranger.complaints).toEqual([])
    await stranger.context.close()

    await page.getByRole('button', { name: 'Actions of Carts' }).click()
    await page.getByRole('menuitem', { name: /Alert from this/ }).click()
    await page.waitForURL(/\/alerts\/new/)
    await page.locator('.cm-content').filter({ hasText: 'shop_carts_open' }).waitFor()
    await page.getByRole('textbox', { name: 'Threshold' }).fill('0')
    await page.getByRole('textbox', { name: 'for at least' }).fill('0')
    await page.getByText(/Would have fired/).waitFor({ timeout: 60_000 })
    await page.getByRole('checkbox', { name: /Open an incident/ }).uncheck()
    await picture(page, 'journey-alert-new')
    await page.getByRole('button', { name: /Create alert/ }).click()
    await page.waitForURL(/\/alerts\/[0-9a-f-]{36}/)
    await page.getByText('Firing', { exact: true }).first().waitFor({ timeout: 90_000 })
    await picture(page, 'journey-alert')

    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Delete alert' }).click()
    const question = page.getByRole('dialog', { name: /^Delete the alert/ })
    await picture(page, 'journey-alert-delete')
    await question.getByRole('button', { name: 'Delete alert' }).click()
    await page.waitForURL(/\/alerts$/)
    expect(complaints).toEqual([])
    await context.close()
  },
  300_000,
)
