import { expect, test } from 'vitest'
import { parseSearch } from './parse.ts'
import { searchPredicate } from './predicate.ts'
import type { SearchedRow } from './row.ts'
import { searchSql } from './sql.ts'

const row = (more: Partial<SearchedRow> = {}): SearchedRow => ({
  timestamp: '2026-11-23T14:00:00.123456789Z',
  level: 'error',
  message: 'Checkout timed out after 404 ms (upstream)',
  service: 'checkout-api',
  trace_id: 'abc',
  span_id: '',
  source_id: '019a0000-0000-7000-8000-000000000000',
  attributes: { 'http.status': '503', 'user.id': 'u7', path: '/pay?x=1', flag: 'true', neg: '-1.5e3' },
  ...more,
})
const finds = (text: string, r = row()): boolean => {
  const parsed = parseSearch(text)
  if ('unreadable' in parsed) throw new Error(parsed.unreadable.message)
  return searchPredicate(parsed.search)(r)
}

test.each([
  ['', true],
  ['timed', true],
  ['TIMED', true],
  ['"timed out"', true],
  ['"timed checkout"', false],
  ['out timed', true],
  ['404', true],
  ['u7', true],
  ['nothing', false],
  ['timed AND nothing', false],
  ['timed OR nothing', true],
  ['nothing OR also OR upstream', true],
  ['nothing timed OR upstream', true],
  ['nothing AND (timed OR upstream)', false],
  ['NOT nothing', true],
  ['NOT (timed OR nothing)', false],
  ['level = error', true],
  ['level=error', true],
  ['level:ERR', true],
  ['level != error', false],
  ['level !: warn', true],
  ['http.status = 503', true],
  ['http.status = 503.0', true],
  ['http.status = "5.03e2"', true],
  ['http.status >= 500 http.status < 600', true],
  ['http.status > 503', false],
  ['attributes.http.status = 503', true],
  ['missing > 1', false],
  ['missing = ""', true],
  ['missing != x', true],
  ['neg < 0', true],
  ['message =~ /time.? out/', true],
  ['message =~ /TIMED/', false],
  ['message =~ /TIMED/i', true],
  ['message !~ /^Checkout/', false],
  ['path:/pay?x=1', true],
  ['path =~ /^\\/pay/', true],
  ['fulltext: upstream', true],
  ['fulltext =~ /u\\d/', true],
  ['timestamp >= 2026-11-23T14:00:00Z', true],
  ['dt < 2026-11-23T14:00:00Z', false],
  ['http://example.com', false],
  ['android', false],
  ['ANDROID', false],
  ['(upstream)', true],
])('%s finds the record: %s', (text, expected) => {
  expect(finds(text)).toBe(expected)
})

test.each([
  ['(timed', 'This parenthesis is not closed.', 0],
  ['timed)', 'This parenthesis closes nothing.', 5],
  ['"open', 'This quotation mark is not closed.', 0],
  ['level =', 'level = needs a value after it; "" is the empty one.', 7],
  ['status > high', '> compares numbers.', 9],
  ['message =~ /open', 'This pattern is not closed by a slash.', 11],
  ['AND x', 'AND needs something before it.', 0],
  ['OR x', 'OR needs something before it.', 0],
  ['x NOT', 'NOT needs something after it.', 5],
  ['('.repeat(60), 'Parentheses are nested deeper than 50.', 51],
])('%s is underlined', (text, message, at) => {
  expect(parseSearch(text)).toEqual({ unreadable: { message, at } })
})

test('a field named like a part of every object is plain data', () => {
  expect(finds('constructor = x')).toBe(false)
  expect(finds('__proto__ = ""')).toBe(true)
})

test('a pattern that RE2 refuses is a syntax error, and one that blows up elsewhere is not slow', () => {
  expect(() => finds('message =~ /(?=x)/')).toThrow(SyntaxError)
  const began = performance.now()
  expect(finds('message =~ /(a+)+$/', row({ message: `${'a'.repeat(50_000)}b` }))).toBe(false)
  expect(performance.now() - began).toBeLessThan(5000)
})

test('nothing of a search becomes SQL text', () => {
  const evil = `x' OR 1=1 --`
  const parsed = parseSearch(`level = "${evil}" "${evil}" a'b = 1`)
  const { sql, params } = searchSql('search' in parsed ? parsed.search : { is: 'all' })
  expect(sql).not.toContain("' OR")
  expect(Object.values(params)).toContain(evil)
})
