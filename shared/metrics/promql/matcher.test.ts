import { expect, test } from 'vitest'
import { Labels } from './labels.ts'
import { type MatchOp, matcher, matchesAll, printMatcher } from './matcher.ts'

const f = (op: MatchOp, pattern: string, value: string) => matcher('l', op, pattern).matches(value)

test.each<[MatchOp, string, string, boolean]>([
  ['=', 'a', 'a', true],
  ['=', 'a', 'ab', false],
  ['=', '', '', true],
  ['!=', 'a', '', true],
  ['=~', 'a.c', 'abc', true],
  ['=~', 'a.c', 'xabc', false],
  ['=~', 'a|b', 'b', true],
  ['=~', 'a|b', 'ab', false],
  ['=~', 'a|', '', true],
  ['=~', '', '', true],
  ['=~', '.+', '', false],
  ['=~', '.*', 'a\nb', true],
  ['=~', '(?i)ABC', 'abc', true],
  ['=~', '\\d{3}', '500', true],
  ['=~', 'é+', 'éé', true],
  ['!~', '5..', '503', false],
  ['!~', '5..', '200', true],
  ['!~', '.+', '', true],
])('l%s"%s" on %j is %s', (op, pattern, value, expected) => {
  expect(f(op, pattern, value)).toBe(expected)
})

test('a pattern RE2 cannot compile is refused, one that would only compile inside our group too', () => {
  expect(() => matcher('l', '=~', 'a)(b')).toThrow()
  expect(() => matcher('l', '=~', '(?=a)')).toThrow()
  expect(() => matcher('l', '!~', '*')).toThrow()
})

test('a hostile pattern takes linear time', () => {
  expect(f('=~', '(a*)*b', 'a'.repeat(50_000))).toBe(false)
})

test('all conditions have to hold; a label that is not there is empty', () => {
  const labels = Labels.of({ __name__: 'up', job: 'api' })
  expect(matchesAll([matcher('__name__', '=', 'up'), matcher('env', '=', '')], labels)).toBe(true)
  expect(matchesAll([matcher('__name__', '=', 'up'), matcher('env', '!=', '')], labels)).toBe(false)
})

test('prints as it is written', () => {
  expect(printMatcher(matcher('job', '!~', 'a"b'))).toBe('job!~"a\\"b"')
  expect(printMatcher(matcher('my job', '=', 'a'))).toBe('"my job"="a"')
})
