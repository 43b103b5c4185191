import { expect, test } from 'vitest'
import { explained } from './explain.ts'
import { completingAt, pieces, wrongIn } from './language.ts'
import { askedOf, combined, firstQuery } from './view.ts'

const coloured = (text: string) => pieces(text).map((p) => `${p.kind}:${text.slice(p.from, p.to)}`)
/** `|` is the cursor. */
const completing = (text: string) => completingAt(text.replace('|', ''), text.indexOf('|'))

test('pieces have their kind, also in text that is not finished', () => {
  expect(coloured('sum by (job) (rate(http_total{code=~"5.."}[5m])) > 0.5')).toEqual([
    'function:sum', 'keyword:by', 'function:rate', 'field:code', 'operator:=~', 'string:"5.."', 'number:5m', 'operator:>', 'number:0.5',
  ]) // biome-ignore format: a list
  expect(coloured('rate(x{job="a')).toEqual(['function:rate', 'field:job', 'operator:=', 'string:"a'])
  expect(coloured('sum')).toEqual([])
})

test.each([
  ['ra|', { what: 'name', from: 0, part: 'ra' }],
  ['sum(ht|)', { what: 'name', from: 4, part: 'ht' }],
  ['up{|}', { what: 'label', from: 3, part: '', metric: 'up' }],
  ['up{job="a",in|', { what: 'label', from: 11, part: 'in', metric: 'up' }],
  ['up{job="a|"}', { what: 'value', from: 8, part: 'a', metric: 'up', label: 'job' }],
  ['{job=~"|', { what: 'value', from: 7, part: '', metric: '', label: 'job' }],
  ['sum by (jo|) (rate(up[5m]))', { what: 'label', from: 8, part: 'jo', metric: 'up' }],
  ['rate(up[5|', null],
  ['up{job="a" |', null],
])('%s completes %j', (text, what) => {
  expect(completing(text)).toEqual(what)
})

test.each([
  ['up{', 3, /braces/],
  ['sum(up', 6, /parenthesis/],
  ['up up', 3, /unexpected identifier/],
])('%s is marked at %i', (text, at, message) => {
  const wrong = wrongIn(text)
  expect(wrong?.from).toBe(Math.min(at, text.length - 1))
  expect(wrong?.message).toMatch(message)
})
test('what can be read is not marked, nor is nothing', () => {
  expect([wrongIn('sum(rate(x[5m]))'), wrongIn('  ')]).toEqual([null, null])
})

test('a formula is made of the queries, not of what looks like them', () => {
  const queries = { A: 'sum(a)', B: 'b + 1' }
  expect(combined('A / B', queries)).toBe('(sum(a)) / (b + 1)')
  expect(combined('100 * A / on (job) B_total', queries)).toBe('100 * (sum(a)) / on (job) B_total')
  expect(combined('label_replace(A, "A", "B", "", "")', queries)).toBe('label_replace((sum(a)), "A", "B", "", "")')
  expect(combined('A * on () group_left B', queries)).toBe('(sum(a)) * on () group_left () (b + 1)')
  expect(combined('A', { A: '', B: '' })).toBe('(vector(0))')
})

test('only what is written and not switched off is asked', () => {
  const view = { expr: 'a', expr2: 'b', formula: 'A/B', as: 'chart', from: '', to: '', off: ['B'] } as const
  expect(askedOf({ ...view, off: [...view.off] })).toEqual([
    { name: 'A', expr: 'a' },
    { name: 'Formula', expr: '(a)/(b)' },
  ])
})

test.each([
  ['http_requests_total', 'counter', 'sum(rate(http_requests_total[5m]))'],
  ['latency_bucket', 'histogram', 'histogram_quantile(0.95, sum by (le) (rate(latency_bucket[5m])))'],
  ['latency', 'histogram', 'histogram_quantile(0.95, sum(rate(latency[5m])))'],
  ['carts.open', 'gauge', '{"carts.open"}'],
])('of %s, a %s, %s is asked first', (name, type, query) => {
  expect(firstQuery({ name, type })).toBe(query)
})

test.each([
  ['sum by (job) (rate(http_total{code=~"5.."}[5m]))', 'The sum of the growth per second of http_total where code matches "5.." over the last 5 min for each job.'],
  ['a / b', 'a divided by b.'],
  ['shop_carts_open', null],
  ['topk(3, up offset 1h)', 'The 3 largest of up, 1 h earlier.'],
  ['histogram_quantile(0.9, x)', 'The 0.9-quantile of the histogram made of x.'],
  ['up{', null],
])('%s reads %s', (query, words) => {
  expect(explained(query)).toBe(words)
}) // biome-ignore format: a table
