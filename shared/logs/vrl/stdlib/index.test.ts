import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compile } from '../index.ts'
import { encodeJson, parseJson } from '../json.ts'
import { noon, personDescriptors } from '../testing.ts'
import { functions } from './index.ts'

/** Theirs differ with the network. */
const elsewhere = new Set(['dns_lookup', 'reverse_dns', 'http_request'])

test.each([...functions.values()].map((d) => [d.name, d] as const))('the example of %s gives what it says', (name, { example }) => {
  if (elsewhere.has(name)) return
  const compiled = compile(example.source, { files: { 'person.desc': personDescriptors() } })
  if ('diagnostics' in compiled) throw new Error(JSON.stringify(compiled.diagnostics))
  const outcome = compiled.program.run({}, { at: noon })
  if (!('ok' in outcome)) throw new Error(JSON.stringify(outcome))
  const asJson = encodeJson(outcome.ok)
  expect(JSON.parse(asJson)).toEqual(JSON.parse(JSON.stringify(example.result)))
})

test.each([...functions.keys()])('%s has a twin test, a sentence and named parameters', (name) => {
  const { summary, parameters } = functions.get(name)!
  expect(existsSync(`shared/logs/vrl/stdlib/${name}.test.ts`)).toBe(true)
  expect(summary).toMatch(/^[A-Z].*\.$/)
  expect(new Set(parameters.map((p) => p.name)).size).toBe(parameters.length)
  expect(parameters.map((p) => p.optional === true)).toEqual(parameters.map((p) => p.optional === true).sort())
})

test('values survive the way through JSON', () => {
  const source = '{"a":[1,2.0,-0.0,9007199254740993,1e3],"b":{"__proto__":null}}'
  expect(encodeJson(parseJson(source))).toBe('{"a":[1,2.0,-0.0,9007199254740993,1000.0],"b":{"__proto__":null}}')
})
