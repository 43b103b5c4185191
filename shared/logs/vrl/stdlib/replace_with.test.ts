import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { replace_with } from './replace_with.ts'
import { string } from './string.ts'
import { upcase } from './upcase.ts'

test.each([
  [`replace_with("a1b2", r'\\d') -> |m| { m.string + "!" }`, '"a1!b2!"'],
  [`replace_with("k=v", r'(?P<k>\\w)=(\\w)') -> |m| { upcase(string!(m.k)) + ":" + string!(m.captures[1]) }`, '"K:v"'],
  [`replace_with("aaa", r'a', count: 2) -> |_m| { "b" }`, '"bba"'],
])('%s', (source, expected) => {
  expect(evaluate([replace_with, upcase, string], source)).toBe(expected)
})
