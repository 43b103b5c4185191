import { mutated, random } from '../test/ingest/mutate.ts'
import { isSplitError } from '../workers/ingest/json.ts'
import { Refused } from '../workers/ingest/refused.ts'
import type { Bench, Figure } from './bench.ts'
import { through } from './door.ts'
import { samples } from './samples.ts'

const MUTATIONS = 20_000

/** 20,000 changed real bodies per decoder: how many ended in anything but an answer or a refusal (a 5xx at the door), and the slowest. */
export const bench: Bench = {
  name: 'fuzz',
  async run() {
    const figures: Figure[] = []
    for (const sample of samples(Date.now(), 3)) {
      const next = random(1)
      let broken = 0
      let slowest = 0
      for (let i = 0; i < MUTATIONS; i++) {
        const bytes = mutated(sample.body, next)
        const began = performance.now()
        await through(sample, bytes).catch((e) => {
          if (e instanceof Refused || isSplitError(e)) return
          if (!broken) console.log(`${sample.name}, mutation ${i}: ${(e as Error)?.stack}`)
          broken += 1
        })
        slowest = Math.max(slowest, performance.now() - began)
      }
      figures.push({ metric: `${sample.name}: neither taken nor refused`, value: broken, unit: `of ${MUTATIONS}` })
      figures.push({ metric: `${sample.name}: slowest`, value: slowest, unit: 'ms' })
    }
    return figures
  },
}
