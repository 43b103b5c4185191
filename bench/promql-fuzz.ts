import fc from 'fast-check'
import { expressions } from '../shared/metrics/promql/fuzz/expressions.ts'
import { garden } from '../shared/metrics/promql/fuzz/garden.ts'
import { queryInstant, queryRange } from '../shared/metrics/promql/query.ts'
import { parse } from '../shared/metrics/promql/syntax/parse.ts'
import { print } from '../shared/metrics/promql/syntax/print.ts'
import type { Bench } from './bench.ts'

const COUNT = 100_000
const PART = 1000
const refusals = ['PromqlParseError', 'PromqlQueryError']
const range = { start: -30_000, end: 510_000, step: 60_000 }
const limits = { samplesMax: 1_000_000 }

/** 100,000 generated expressions over series of every kind: printed and read again, asked at a moment and over a range. What is neither an answer nor a refusal is a crash. */
export const bench: Bench = {
  name: 'promql-fuzz',
  async run() {
    const found = { answered: 0, refused: 0, crashed: 0, unstable: 0, slowest: 0, heap: 0 }
    for (let part = 0; part < COUNT / PART; part++) {
      for (const text of fc.sample(expressions(), { numRuns: PART, seed: part + 1 })) {
        const began = performance.now()
        try {
          const printed = print(parse(text))
          if (print(parse(printed)) !== printed) found.unstable += 1
          const { type } = await queryInstant(text, 300_000, garden, { limits })
          if (type === 'vector' || type === 'scalar') await queryRange(text, range, garden, { limits })
          found.answered += 1
        } catch (e) {
          if (refusals.includes((e as Error)?.name)) found.refused += 1
          else {
            if (!found.crashed) console.log(`${text}: ${(e as Error)?.stack}`)
            found.crashed += 1
          }
        }
        found.slowest = Math.max(found.slowest, performance.now() - began)
      }
      found.heap = Math.max(found.heap, process.memoryUsage().heapUsed)
    }
    return [
      { metric: 'expressions answered', value: found.answered, unit: `of ${COUNT}` },
      { metric: 'expressions refused', value: found.refused, unit: `of ${COUNT}` },
      { metric: 'crashes', value: found.crashed, unit: `of ${COUNT}` },
      { metric: 'parse → print → parse differs', value: found.unstable, unit: `of ${COUNT}` },
      { metric: 'slowest', value: found.slowest, unit: 'ms' },
      { metric: 'heap at most', value: found.heap / 1e6, unit: 'MB' },
    ]
  },
}
