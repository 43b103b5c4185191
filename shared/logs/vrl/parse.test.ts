import { expect, test } from 'vitest'
import { lex } from './lex.ts'
import { parse } from './parse.ts'
import { nodeText } from './print.ts'
import { render } from './render.ts'

const types = (source: string): string => {
  const tokens = lex(source)
  return Array.isArray(tokens) ? tokens.map((t) => `${t.type}:${t.text}`).join(' ') : `E${tokens.code}`
}

test.each([
  ['a.b', 'identifier:a punctuation:. identifier:b end:'],
  ['f!(1)', 'function call:f punctuation:! punctuation:( integer literal:1 punctuation:) end:'],
  ['x ?? 1.50', 'identifier:x operator:?? float literal:1.50 end:'],
  ["r'\\d' # rest", 'regex literal:\\d end:'],
  ['while', 'reserved identifier:while end:'],
  ['"open', 'E207'],
])('%s', (source, tokens) => {
  expect(types(source)).toBe(tokens)
})

const shape = (source: string): string => {
  const roots = parse(source)
  return Array.isArray(roots) ? roots.map((r) => ('error' in r ? `E${r.error.code}` : nodeText(r.node))).join(' / ') : `E${roots.code}`
}

test.each([
  ['a = 1\nb', 'a = 1 / b'],
  ['1 + 2 * 3 == 7 && !x', '1 + 2 * 3 == 7 && !x'],
  ['.a."b c"[0] |= {}', '.a."b c"[0] |= {  }'],
  ['x )\ny', 'E203 / y'],
  ['{ 1', 'E204'],
])('%s is read as %s', (source, text) => {
  expect(shape(source)).toBe(text)
})

test('a diagnostic is printed with its lines', () => {
  const roots = parse('x = 1\ny = )')
  const found = Array.isArray(roots) ? roots.flatMap((r) => ('error' in r ? [r.error] : [])) : [roots]
  expect(render('x = 1\ny = )', found)).toContain('error[E203]: syntax error\n  ┌─ :2:5\n  │\n2 │ y = )\n  │     ^\n')
})
