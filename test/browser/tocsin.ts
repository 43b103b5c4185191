import type { TestProject } from 'vitest/node'
import { runTocsin } from '../process/runner.ts'
import { findChromium } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Base URL of a Tocsin started for the browser tests; empty where no browser was found. */
    tocsin: string
  }
}

/** A fresh Tocsin as `npm start` runs it, for all browser tests of a run. */
export default async function ({ provide }: TestProject) {
  if (!findChromium()) return void provide('tocsin', '')
  const tocsin = await runTocsin()
  provide('tocsin', tocsin.url)
  return () => tocsin.stop()
}
