import { describe, expect, test } from 'vitest'
import { compile } from './index.ts'
import { functions } from './stdlib/index.ts'
import { evaluate, noon } from './testing.ts'

const all = [...functions.values()]
const repeat = (line: string, times: number): string => `${line}\n`.repeat(times)

describe('what a program may not cost', () => {
  test.each([
    ['blocks in blocks', '{'.repeat(500)],
    ['groups in groups', '('.repeat(5000)],
    ['arrays in arrays', '['.repeat(5000)],
    ['one negation after the other', `${'!'.repeat(50_000)}true`],
    ['a sum of thousands', `.a = 1${' + 1'.repeat(15_000)}`],
    ['a path of thousands', `.a${'.a'.repeat(30_000)}`],
    ['else if without end', `if .a == 1 { .b = 1 } ${'else if .a == 2 { .b = 2 } '.repeat(2000)}`],
    ['tests in tests', `${'if ({ '.repeat(100)}true${' }) { 1 }'.repeat(100)}`],
    ['a source beyond all bounds', 'a'.repeat(70_000)],
  ])('%s: a diagnostic', (_, source) => {
    expect(compile(source)).toHaveProperty('diagnostics')
  })

  test.each([
    ['values that double', `x = {}\n${repeat('x = { "a": x, "b": x }', 40)}.x = x`],
    ['arrays that double', `x = []\n${repeat('x = push(x, x)', 50)}.x = x`],
    ['text that doubles', `x = "0123456789abcdef"\n${repeat('x = x + x', 60)}.x = x`],
    ['text out of doubled values', `x = {}\n${repeat('x = { "a": x, "b": x }', 40)}.x = encode_json(x)`],
    ['comparing doubled values', `x = [1]\ny = [1]\n${repeat('x = [x, x]', 40)}${repeat('y = [y, y]', 40)}.z = x == y`],
    [
      'loops in loops',
      'l = range = split!("a" * 1000, "")\nfor_each(l) -> |_a, _b| { for_each(l) -> |_c, _d| { for_each(l) -> |_e, _f| { .n = 1 } } }',
    ],
    ['a step too far into an array', '.a[99999999] = 1\n.b = "x" * 100000000'],
  ])('%s: an error', (_, source) => {
    expect(evaluate(all, source)).toMatch(/^error: /)
  })

  test('an exhausted limit is not caught by ??', () => {
    const source = `x = {}\n${repeat('x = { "a": x, "b": x }', 40)}.x = parse_json(encode_json(x)) ?? 1`
    expect(evaluate(all, source)).toMatch(/^error: a value is too large/)
  })

  test('fuel is what the caller gives', () => {
    const source = 'for_each([1, 2, 3, 4, 5, 6, 7, 8]) -> |_i, _v| { .n = 1 }'
    expect(evaluate(all, source, { options: { limits: { fuel: 5 } } })).toBe('error: the program took too many steps')
    expect(evaluate(all, source, { options: { limits: { fuel: 50 } } })).toBe('null')
  })
})

test('a pattern that takes exponential time elsewhere takes linear time here', () => {
  const started = performance.now()
  expect(evaluate(all, `match("${'a'.repeat(5000)}!", r'^(a+)+$')`)).toBe('false')
  expect(performance.now() - started).toBeLessThan(2000)
})

test('a run leaves no trace in the next', () => {
  const compiled = compile('.n = int(.n) ?? 0 + 1\n.x = .seen\n.seen = true')
  if ('diagnostics' in compiled) throw new Error('does not compile')
  const first = compiled.program.run({ n: 1 }, { at: noon })
  expect(compiled.program.run({ n: 1 }, { at: noon })).toEqual(first)
})
