import { describe, expect, test } from 'vitest'
import { parseSearch } from '../../../../shared/logs/search/parse.ts'
import { searchPredicate } from '../../../../shared/logs/search/predicate.ts'
import { attributeName, marked, onlyThis, searchedTexts, withoutThis } from './terms.ts'

const row = (attributes: Record<string, string>, more = {}) => ({
  timestamp: '2026-11-23T14:00:00Z',
  level: 'info',
  message: 'hello',
  service: 'checkout',
  trace_id: '',
  span_id: '',
  source_id: '',
  attributes,
  ...more,
})
const finds = (query: string, r: ReturnType<typeof row>) => {
  const read = parseSearch(query)
  if ('unreadable' in read) throw new Error(`${query}: ${read.unreadable.message}`)
  return searchPredicate(read.search)(r)
}

describe('a value pressed', () => {
  const values = ['503', 'a b', 'say "hi"', 'C:\\temp', '(x)', 'a=b', '', '/v1/x', 'NOT', 'é€', '<b>', '!~x', '"', '\\']
  test.each(values)('%j: only this finds it and nothing else, without this the rest', (value) => {
    for (const before of ['', 'hello', 'hello OR nothing']) {
      const only = onlyThis(before, 'status', value)
      const without = withoutThis(before, 'status', value)
      expect(finds(only, row({ status: value }))).toBe(true)
      expect(finds(only, row({ status: `${value}x` }))).toBe(false)
      expect(finds(without, row({ status: value }))).toBe(false)
      expect(finds(without, row({ status: `${value}x` }))).toBe(true)
    }
  })
  test('an attribute called like a column is still the attribute', () => {
    const query = onlyThis('', attributeName('service'), 'x')
    expect(finds(query, row({ service: 'x' }))).toBe(true)
    expect(finds(query, row({}, { service: 'x' }))).toBe(false)
  })
  test('a name the language cannot say is searched as text', () => {
    expect(finds(onlyThis('', '$odd name', 'x y'), row({ '$odd name': 'x y' }))).toBe(true)
    expect(finds(withoutThis('', '$odd name', 'x y'), row({ '$odd name': 'x y' }))).toBe(false)
  })
  test('pressed twice stands once, and the opposite takes its place', () => {
    const once = onlyThis('timeout', 'status', '503')
    expect(onlyThis(once, 'status', '503')).toBe(once)
    expect(withoutThis(once, 'status', '503')).toBe('timeout status!=503')
  })
})

test('what was searched is marked, what was excluded is not', () => {
  const read = parseSearch('PoolTimeout message:"no connection" NOT healthz status=503')
  if ('unreadable' in read) throw new Error('unreadable')
  const words = searchedTexts(read.search)
  expect(words).toEqual(['PoolTimeout', 'no connection'])
  expect(marked('pooltimeout: no connection (3)', words)).toEqual([
    { text: 'pooltimeout', mark: true },
    { text: ': ', mark: false },
    { text: 'no connection', mark: true },
    { text: ' (3)', mark: false },
  ])
})
