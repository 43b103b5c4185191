import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { executablePath, launch, looks, open, picture } from './page.ts'

let browser: Browser
beforeAll(async () => {
  if (executablePath) browser = await launch()
})
afterAll(() => browser?.close())

test.skipIf(!executablePath)(
  'a program is written on a real event, its diff is seen, it is saved, and what arrives next is transformed in the tail',
  async () => {
    const base = inject('tocsin')
    const { page, context, complaints } = await open(browser, looks[0]!)
    const signedIn = await context.request.post(`${base}/api/auth/sign-in/email`, {
      data: { email: 'demo@tocsin.localhost', password: 'tocsin-demo' },
      headers: { origin: base },
    })
    expect(signedIn.status()).toBe(200)
    const made = await context.request.post(`${base}/api/logs/sources`, { data: { name: 'payments' }, headers: { origin: base } })
    const source = (await made.json()) as { id: string; token: string }
    const send = async (record: object) => {
      const answer = await fetch(`${base}/`, {
        method: 'POST',
        headers: { authorization: `Bearer ${source.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(record),
      })
      expect(answer.status).toBe(202)
    }
    await send({ message: 'ada@example.com paid', level: 'INFO', card: '4111' })

    await page.goto(`${base}/sources/${source.id}?open=vrl`)
    // the event that really came is there to try on
    await page.getByLabel('Event in, as JSON').filter({ hasText: 'ada@example.com' }).waitFor({ timeout: 20_000 })
    const program = page.getByRole('textbox', { name: 'Program' })
    await program.click()
    await page.keyboard.insertText('.level = downcase(.level)\n')
    // wrong while it is written: said with its code, underlined, and not to be saved
    await page.getByText(/E103/).first().waitFor()
    await page.locator('.cm-lintRange-error').first().waitFor()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(
      ".message = redact(string!(.message), filters: [r'[\\w.]+@[\\w.]+'])\ndel(.card)\n.level = downcase!(.level)",
    )
    const out = page.getByRole('region', { name: 'Event out', exact: true })
    await out.getByText('removed .card').waitFor()
    await out.getByText(/added .message "\[REDACTED\] paid"/).waitFor()
    await picture(page, 'vrl-diff')
    await page.keyboard.press('ControlOrMeta+s')
    await page.getByText('Version 1 runs.').waitFor()

    await page.goto(`${base}/logs?src=${source.id}&mode=live`)
    await page.waitForTimeout(1500)
    // a door that knew the source learns of the program within a minute; here it is the same one
    await expect
      .poll(
        async () => {
          await send({ message: 'grace@example.com paid', level: 'WARN', card: '4242' })
          return page.getByText('[REDACTED] paid').count()
        },
        { timeout: 75_000, interval: 1000 },
      )
      .toBeGreaterThan(0)
    await picture(page, 'vrl-tail')

    await page.goto(`${base}/sources/${source.id}?open=vrl`)
    await page.getByRole('button', { name: 'Versions' }).click()
    const sheet = page.getByRole('dialog', { name: 'Versions' })
    await sheet.getByText('Version 1', { exact: true }).waitFor()
    await sheet.getByText(/runs now/).waitFor()
    expect(complaints).toEqual([])
    await context.close()
  },
)
