import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compile, encodeJson, render } from './index.ts'
import { chance, mutator } from './mutate.ts'
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
const events: Value[] = [{}, { message: '{"a":1}', n: 7, list: [1, { b: null }], constructor: 'x' }, JSON.parse('{"__proto__": {"a": 1}}')]

const mutated = mutator(programs, chance(20260505))

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
        else if ('error' in outcome) expect(outcome.error, source).not.toMatch(/^internal error/)
        else expect(outcome.left, source).not.toBe(undefined)
      }
    }
    expect(performance.now() - started, source).toBeLessThan(5000)
  }
  expect(events.map((e) => JSON.stringify(e))).toEqual(before)
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(prototype)
}, 60_000)
