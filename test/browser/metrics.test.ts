import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { executablePath, launch, looks, open, picture } from './page.ts'

let browser: Browser
beforeAll(async () => {
  if (executablePath) browser = await launch()
})
afterAll(() => browser?.close())

test.skipIf(!executablePath)(
  'find a metric, see it drawn, complete a label, compare with a second query by a formula, come back by the address, be told what is wrong',
  async () => {
    const base = inject('tocsin')
    const { page, context } = await open(browser, looks[0]!)
    await context.request.post(`${base}/api/auth/sign-in/email`, {
      data: { email: 'demo@tocsin.localhost', password: 'tocsin-demo' },
      headers: { origin: base },
    })
    await page.goto(`${base}/metrics`)
    await page.getByLabel('Find a metric').fill('requests counter')
    await page.getByRole('button', { name: /shop_requests_total/ }).click()
    const query = page.getByRole('textbox', { name: 'Query A' })
    await expect.poll(() => query.textContent(), { timeout: 20_000 }).toBe('sum(rate(shop_requests_total[5m]))')
    await page.getByRole('img', { name: /^One series over time/ }).waitFor()
    await page.getByText('The sum of the growth per second of shop_requests_total over the last 5 min.').waitFor()

    await query.fill('sum by (route) (rate(shop_requests_total{sta')
    await page.getByRole('option', { name: 'status' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type('=~"2..|5.."}[5m]))')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => new URL(page.url()).searchParams.get('expr'), { timeout: 20_000 })
      .toMatch(/^sum by \(route\) .*\{status=~"2\.\.\|5\.\."\}\[5m\]\)\)$/)
    await page.getByRole('img', { name: /^\d+ series over time/ }).waitFor()
    const table = page.getByLabel('Series and their values')
    await expect.poll(() => table.getByRole('row').count(), { timeout: 20_000 }).toBeGreaterThan(2)

    await page.getByRole('button', { name: 'Add a query' }).click()
    await page.getByRole('textbox', { name: 'Query B' }).fill('shop_carts_open')
    await page.getByRole('button', { name: 'Add a formula of A and B' }).click()
    await page.getByRole('textbox', { name: 'Query Formula' }).fill('sum(A) / on () B')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Hide A' }).click()
    await page.getByRole('button', { name: 'Hide B' }).click()
    await table.getByText('formula').waitFor()
    await picture(page, 'metrics-formula')

    await page.reload()
    await table.getByText('formula').waitFor()
    expect(await page.getByRole('textbox', { name: 'Query B' }).textContent()).toBe('shop_carts_open')
    await page
      .getByRole('radio', { name: 'Table' })
      .or(page.getByRole('button', { name: 'Table' }))
      .first()
      .click()
    await page.getByLabel('Values at the end of the range').waitFor()

    await page.getByRole('textbox', { name: 'Query B' }).fill('shop_carts_open{')
    await page.getByText('unexpected end of input inside braces').waitFor()
    expect(await page.getByRole('textbox', { name: 'Query B' }).getAttribute('aria-invalid')).toBe('true')
    await context.close()
  },
  120_000,
)
