import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compile, encodeJson, render } from './index.ts'
import { functions } from './stdlib/index.ts'
import { noon } from './testing.ts'
import type { Value } from './value.ts'

const folder = 'test/cases/vrl'
const programs = [
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.vrl'))
    .flatMap((name) => readFileSync(`${folder}/${name}`, 'utf8').split('\n===\n')),
  ...[...functions.values()].map((d) => d.example.source),
]
const pieces = programs
  .flatMap((p) => p.match(/\w+!?|\s+|[^\w\s]+/g) ?? [])
  .concat('__proto__', 'constructor', '9223372036854775807', '💥', '\0')
const events: Value[] = [{}, { message: '{"a":1}', n: 7, list: [1, { b: null }], constructor: 'x' }, JSON.parse('{"__proto__": {"a": 1}}')]

/** Numbers in [0, 1) that are the same every time (mulberry32). */
function chance(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const next = chance(20260505)
const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!

/** A program with a few of its pieces doubled, dropped, swapped or replaced. */
function mutated(): string {
  const tokens = pick(programs).match(/\w+!?|\s+|[^\w\s]/g) ?? []
  for (let n = 1 + Math.floor(next() * 4); n > 0; n--) {
    const at = Math.floor(next() * tokens.length)
    const change = next()
    if (change < 0.25) tokens.splice(at, 1)
    else if (change < 0.5) tokens.splice(at, 0, tokens[at] ?? '')
    else if (change < 0.75) tokens[at] = pick(pieces)
    else tokens.splice(at, 0, pick(pieces))
  }
  return tokens.join('')
}

test('500 programs gone wrong give a diagnostic or an outcome, in bounded time, and touch nothing else', () => {
  const prototype = Object.getOwnPropertyNames(Object.prototype).sort()
  const before = events.map((e) => JSON.stringify(e))
  for (let i = 0; i < 500; i++) {
    const source = mutated()
    const started = performance.now()
    const compiled = compile(source, { limits: { fuel: 10_000 } })
    if ('diagnostics' in compiled) expect(render(source, compiled.diagnostics), source).not.toBe('')
    else {
      for (const event of events) {
        const outcome = compiled.program.run(event, { at: noon })
        if ('ok' in outcome) expect(typeof encodeJson(outcome.event), source).toBe('string')
        else expect(typeof ('error' in outcome ? outcome.error : outcome.left), source).not.toBe('undefined')
      }
    }
    expect(performance.now() - started, source).toBeLessThan(5000)
  }
  expect(events.map((e) => JSON.stringify(e))).toEqual(before)
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(prototype)
}, 60_000)
