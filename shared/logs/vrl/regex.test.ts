import { expect, test } from 'vitest'
import { compilePattern, Pattern } from './regex.ts'

test.each([
  ['\\d+', '٣4', ['٣4']],
  ['(?-u:\\d+)', '٣4', ['4']],
  ['\\w+', 'naïve text', ['naïve', 'text']],
  ['(?i)straße', 'STRASSE straße', ['straße']],
  ['a*', 'baac', ['', 'aa', '']],
  ['[[:alpha:]&&[^b]]+', 'abc', ['a', 'c']],
  ['(?x) a \\  b # both', 'a b', ['a b']],
  ['\\p{Greek}+', 'abc αβγ', ['αβγ']],
  ['.', '👍', ['👍']],
  ['(?m)^b$', 'a\nb', ['b']],
])('%s finds in %s', (source, text, found) => {
  const p = new Pattern(source)
  expect([...p.matches(text)].map((m) => text.slice(m[0], m[1]))).toEqual(found)
})

test('groups have names and may take no part', () => {
  const p = new Pattern('(?P<a>x)(?<b>y)?(z)')
  expect(p.names).toEqual([null, 'a', 'b', null])
  expect(Array.from(p.match('-xz')!)).toEqual([1, 3, 1, 2, -1, -1, 2, 3])
})

test.each(['(', 'a{2,1}', '[z-a]', '(?=a)', '\\1', '(?P<a>x)(?P<a>y)', '*', 'a{1001}{1001}', '\\p{Klingon}'])('%s is refused', (source) => {
  expect(compilePattern(source)).toHaveProperty('fault')
})

test('a large pattern finds the same from its begin and from elsewhere', () => {
  const p = new Pattern(`(?:${'[a-f]{1,40}-'.repeat(20)})(\\d+)`)
  const text = `${'abc-'.repeat(20)}42`
  expect(p.match(text)?.[3]).toBe(text.length)
  expect(p.match(`  ${text}`)?.[0]).toBe(2)
})
