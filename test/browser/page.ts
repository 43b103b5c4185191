import { mkdirSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium, flags } from './chromium.ts'

export const executablePath = findChromium()

/** One browser for a file; `context` forgets everything of the one before. */
export const launch = (): Promise<Browser> => chromium.launch({ executablePath: executablePath!, args: flags })

export type Look = { scheme: 'light' | 'dark'; width: number; height: number }
export const looks: Look[] = (['light', 'dark'] as const).flatMap((scheme) => [
  { scheme, width: 1440, height: 900 },
  { scheme, width: 360, height: 760 },
])

/** A page in one look, and everything it complained of. */
export async function open(browser: Browser, look: Look): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const context = await browser.newContext({ colorScheme: look.scheme, viewport: { width: look.width, height: look.height } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()))
  page.on('pageerror', (e) => complaints.push(e.message))
  return { page, context, complaints }
}

/** Kept under artifacts/ for whoever wants to look. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync('artifacts', { recursive: true })
  await page.screenshot({ path: `artifacts/${name}.png` })
}
