import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTocsin } from '../test/process/runner.ts'
import { type Bench, median } from './bench.ts'

const BUDGET_S = 5

/** `npm start` on a state folder that was used before, to the line "Tocsin is ready". Budget: 5 s. */
export const bench: Bench = {
  name: 'start',
  async run() {
    const state = mkdtempSync(join(tmpdir(), 'tocsin-start-'))
    const seconds: number[] = []
    for (let i = 0; i < 4; i++) {
      const began = performance.now()
      const tocsin = await runTocsin({ state })
      seconds.push((performance.now() - began) / 1000)
      await tocsin.kill()
    }
    rmSync(state, { recursive: true, force: true, maxRetries: 10 })
    const [first, ...warm] = seconds as [number, ...number[]]
    return [
      { metric: 'warm start to ready, median of 3', value: median(warm), unit: 's', baseline: BUDGET_S, ratio: median(warm) / BUDGET_S },
      { metric: 'first start of a new state folder', value: first, unit: 's' },
    ]
  },
}
