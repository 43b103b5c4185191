import { expect, test } from 'vitest'
import { tokens } from './tokens.ts'

const told = (program: string) => tokens(program).map((t) => `${t.kind} ${program.slice(t.from, t.to)}`)

test('fields, functions, keywords, literals and comments', () => {
  expect(told(`# why\nif .a."b c"[0] == "x" { .n = parse_json!(r'\\d+') ?? 1.5 } # end`)).toEqual([
    'comment # why',
    'keyword if',
    'field .a."b c"[0]',
    'operator ==',
    'string "x"',
    'field .n',
    'operator =',
    'function parse_json',
    'operator !',
    "string r'\\d+'",
    'operator ??',
    'number 1.5',
    'comment # end',
  ])
})

test('names that begin like keywords are names', () => {
  expect(told('iffy = null_count')).toEqual(['operator ='])
})

test('a string that does not end goes to the end', () => {
  expect(told('.a = "abc\n.b = 1')).toEqual(['field .a', 'operator =', 'string "abc\n.b = 1'])
})

test('a long program of nothing but quotes is read in a moment', () => {
  const began = performance.now()
  tokens('"\''.repeat(32_000))
  expect(performance.now() - began).toBeLessThan(1000)
})
