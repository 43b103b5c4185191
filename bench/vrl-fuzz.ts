import { readdirSync, readFileSync } from 'node:fs'
import { compile, encodeJson, functions, render, type Value } from '../shared/logs/vrl/index.ts'
import { chance, mutator } from '../shared/logs/vrl/mutate.ts'
import type { Bench } from './bench.ts'

const PROGRAMS = Number(process.env.PROGRAMS ?? 200_000)
/** Longer than this for one program is a hang. */
const SLOW_MS = 5000
const folder = 'test/cases/vrl'

const events: Value[] = [
  {},
  { message: '{"a":1}', n: 7, list: [1, { b: null }], constructor: 'x', text: 'a'.repeat(2000) },
  JSON.parse('{"__proto__": {"a": 1}, "a": {"__proto__": {"b": [1]}}}'),
]

/** Programs of the test cases and examples, mutated: none may crash, hang, reach anything outside or change what it was given. */
export const bench: Bench = {
  name: 'vrl-fuzz',
  async run() {
    const sources = [
      ...readdirSync(folder).flatMap((name) => (name.endsWith('.vrl') ? readFileSync(`${folder}/${name}`, 'utf8').split('\n===\n') : [])),
      ...[...functions.values()].map((f) => f.example.source),
    ]
    const mutated = mutator(sources, chance(Number(process.env.SEED ?? 1)))
    const outside = worldAround()
    const given = JSON.stringify(events)
    const counts = { crashed: 0, slow: 0, compiled: 0, slowest: 0 }
    for (let i = 0; i < PROGRAMS; i++) {
      const source = mutated()
      const began = performance.now()
      const wrong = tried(source, counts)
      const ms = performance.now() - began
      counts.slowest = Math.max(counts.slowest, ms)
      if (ms > SLOW_MS) counts.slow += 1
      if (wrong) {
        counts.crashed += 1
        console.error(`${JSON.stringify(source)}: ${wrong}`)
      }
    }
    const escaped = Number(worldAround() !== outside) + Number(JSON.stringify(events) !== given)
    return [
      { metric: 'mutated programs', value: PROGRAMS, unit: 'programs' },
      { metric: 'of them compiled and ran on three events', value: counts.compiled, unit: 'programs' },
      { metric: 'crashed', value: counts.crashed, unit: 'programs', baseline: 0 },
      { metric: `took longer than ${SLOW_MS} ms`, value: counts.slow, unit: 'programs', baseline: 0 },
      { metric: 'slowest', value: counts.slowest, unit: 'ms' },
      { metric: 'reached outside, or changed an event given', value: escaped, unit: 'times', baseline: 0 },
    ]
  },
}

function tried(source: string, counts: { compiled: number }): string | undefined {
  try {
    const compiled = compile(source, { limits: { fuel: 10_000 } })
    if ('diagnostics' in compiled) return render(source, compiled.diagnostics) ? undefined : 'no diagnostic'
    counts.compiled += 1
    for (const event of events) {
      const outcome = compiled.program.run(event, { at: 1_760_000_000_000, random: () => 0.5 })
      if ('ok' in outcome) encodeJson(outcome.event)
      if ('error' in outcome && outcome.error.startsWith('internal error')) return outcome.error
    }
    return undefined
  } catch (e) {
    return e instanceof Error ? (e.stack ?? e.message) : String((e as { message?: unknown } | null)?.message ?? e)
  }
}

/** Names that an escape would leave its traces on. */
const worldAround = (): string =>
  JSON.stringify(
    [Object, Array, Function, String, Map]
      .map((c) => Object.getOwnPropertyNames(c.prototype).sort())
      .concat([Object.keys(globalThis).sort()]),
  )
