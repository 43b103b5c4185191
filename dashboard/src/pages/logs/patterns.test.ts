import { expect, test } from 'vitest'
import { parseSearch } from '../../../../shared/logs/search/parse.ts'
import { searchPredicate } from '../../../../shared/logs/search/predicate.ts'
import { patternsOf } from './patterns.ts'

const rows = (...messages: string[]) => messages.map((message) => ({ message }))
const finds = (search: string, message: string): boolean => {
  const read = parseSearch(search)
  if ('unreadable' in read) throw new Error(`${search}: ${read.unreadable.message}`)
  const row = { timestamp: '2026-11-23T10:00:00Z', level: '', service: '', trace_id: '', span_id: '', source_id: '', attributes: {} }
  return searchPredicate(read.search)({ ...row, message })
}

test('lines that differ in numbers and ids only are one pattern, the most frequent first', () => {
  const found = patternsOf(
    rows(
      'pool wait 754 ms, 200 of 200 in use',
      'pool wait 1,204 ms, 3 of 200 in use',
      'order 9c41e07b52d84f6a paid',
      'order 019a0000-0000-7000-8000-000000000000 paid',
      'order 51b0c2fe01 paid',
      'started',
    ),
  )
  expect(found.map(({ text, count }) => [text, count])).toEqual([
    ['order <n> paid', 3],
    ['pool wait <n> ms, <n> of <n> in use', 2],
  ])
})

test('the search of a pattern finds its lines and no others', () => {
  const messages = ['GET /v1/(cart)?id=7 took 3.5 ms [ok]', 'GET /v1/(cart)?id=812 took 14:02 ms [ok]']
  const [pattern] = patternsOf(rows(...messages))
  for (const message of messages) expect(finds(pattern!.only, message)).toBe(true)
  expect(finds(pattern!.only, 'GET /v1/(shelf)?id=7 took 3.5 ms [ok]')).toBe(false)
})

test('words are no ids, however hexadecimal; only the first line of a message counts', () => {
  expect(patternsOf(rows('decade facade\n1', 'decade facade\n2')).map((p) => p.text)).toEqual(['decade facade'])
  expect(patternsOf(rows('1', '2', ''))).toEqual([])
})
