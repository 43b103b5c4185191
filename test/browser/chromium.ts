import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** $CHROMIUM, else the first browser on PATH; undefined where there is none. */
export function findChromium(): string | undefined {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
  const paths = (process.env.PATH ?? '').split(delimiter).flatMap((dir) => names.map((name) => join(dir, name)))
  const found = [...paths, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'].find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
  if (!found && process.env.CI) throw new Error('No Chromium found, and CI must not pass without one: install chromium or set CHROMIUM')
  if (!found) console.log('Browser tests are skipped: no Chromium found. Install chromium or set CHROMIUM.')
  return found
}

/** Quiet and able to run as root; without the last ones Chromium calls home at every start. */
export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
