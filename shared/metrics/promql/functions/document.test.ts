import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from '../syntax/parse.ts'
import { functionReference, signature } from './document.ts'
import type { PromFunction } from './function.ts'
import { functions } from './index.ts'

const all = Object.entries<PromFunction>(functions)

test('the table knows every function by its own name', () => {
  expect(all.filter(([name, fn]) => name !== fn.name)).toEqual([])
})

test.each(all)('the example of %s is an expression that calls it', (name, fn) => {
  expect(() => parse(fn.example)).not.toThrow()
  expect(fn.example).toContain(`${name}(`)
  expect(fn.doc).toMatch(/^\S.*\.$/)
})

test.each([
  ['rate', 'rate(range vector) → instant vector'],
  ['time', 'time() → scalar'],
  ['round', 'round(instant vector[, scalar]) → instant vector'],
  ['hour', 'hour([instant vector]) → instant vector'],
  ['label_join', 'label_join(instant vector, string, string[, string…]) → instant vector'],
] as const)('%s is documented as %s', (name, text) => {
  expect(signature(functions[name])).toBe(text)
})

// To bring the page up to date: replace everything below its last heading by what functionReference() gives.
test('docs/promql.md lists the functions as they are', () => {
  const page = readFileSync('docs/promql.md', 'utf8')
  expect(page.split('## Functions\n\n')[1]?.trimEnd()).toBe(functionReference())
})
