import { expect, test } from 'vitest'
import { bucketOf, quantileOf } from './buckets.ts'
import { labelOf } from './label.ts'
import { type Line, Points, type Rule } from './points.ts'
import { NewDerivedMetric } from './schema.ts'

const line = (timestamp: string, attributes: Record<string, string> = {}, level = 'info'): Line => ({
  timestamp, level, message: 'm', service: 'shop', trace_id: '', span_id: '', source_id: 's', attributes,
}) // biome-ignore format: a row
const rule = (more: Partial<Rule> = {}): Rule => ({
  id: 'r', name: 'made', description: '', group_by: [], aggregate: 'count', field: null, quantile: null, ...more,
}) // biome-ignore format: a row
const made = (its: Rule, lines: Line[], found: (line: Line) => boolean = () => true) => {
  const points = new Points(its, found)
  for (const one of lines) points.add(one)
  return [...points.points()].map((p) => [p.labels.toString(), new Date(p.at).toISOString().slice(14, 19), p.lines, p.total])
}
const [A, B, C] = ['2026-11-20T12:00:00.000Z', '2026-11-20T12:00:14.999Z', '2026-11-20T12:00:15.000Z']

test('lines are counted by series and interval, at the end of the interval', () => {
  expect(made(rule(), [line(A), line(B), line(C)])).toEqual([
    ['{__name__="made"}', '00:15', 2, 0],
    ['{__name__="made"}', '00:30', 1, 0],
  ])
})

test('only lines that the filter finds; groups by columns and attributes, a missing one is no label', () => {
  const lines = [line(A, { 'http.status': '500' }, 'error'), line(A, {}, 'error'), line(A)]
  expect(made(rule({ group_by: ['level', 'http.status'] }), lines, (l) => l.level === 'error')).toEqual([
    ['{__name__="made", http_status="500", level="error"}', '00:15', 1, 0],
    ['{__name__="made", level="error"}', '00:15', 1, 0],
  ])
})

test('a sum is of what is a number', () => {
  const lines = ['1.5', '2e1', ' -3 ', '', 'ten', '0x10', '1,5'].map((ms) => line(A, { ms }))
  expect(made(rule({ aggregate: 'sum', field: 'ms' }), [...lines, line(A)])).toEqual([['{__name__="made"}', '00:15', 3, 18.5]])
})

test('more groups than a series of values may have become one', () => {
  const lines = Array.from({ length: 600 }, (_, i) => line(A, { user: `u${i}` }))
  const groups = made(rule({ group_by: ['user'] }), lines)
  expect(groups).toHaveLength(501)
  expect(groups.at(-1)).toEqual(['{__name__="made", overflow="true"}', '00:15', 100, 0])
})

test('a quantile out of buckets is within one per cent', () => {
  const values = Array.from({ length: 10_000 }, (_, i) => 0.001 * 1.002 ** i)
  const count = (all: number[]) => {
    const buckets = new Map<number, number>()
    for (const v of all) buckets.set(bucketOf(v), (buckets.get(bucketOf(v)) ?? 0) + 1)
    return buckets
  }
  for (const phi of [0, 0.01, 0.5, 0.95, 0.999, 1])
    expect(quantileOf(count(values), phi) / values[Math.round(phi * 9_999)]!).toBeCloseTo(1, 1.7)
  expect(quantileOf(count([-5, 0, 5]), 0.5)).toBe(0)
  expect(quantileOf(count([-5, -4, 5]), 0)).toBeCloseTo(-5, 0)
  expect(quantileOf(new Map(), 0.5)).toBeNaN()
})

test.each([
  ['http.status', 'http_status'],
  ['attributes.a-b', 'a_b'],
  ['0day', '_0day'],
  ['__name__', '___name__'],
])('the field %s is the label %s', (field, label) => {
  expect(labelOf(field)).toBe(label)
})

test.each([
  [{ name: 'a b' }, 'name'],
  [{ aggregate: 'SUM' }, 'field'],
  [{ field: 'ms' }, 'field'],
  [{ aggregate: 'quantile', field: 'ms' }, 'quantile'],
  [{ aggregate: 'avg', field: 'ms', quantile: 0.5 }, 'quantile'],
  [{ group_by: ['a.b', 'a_b'] }, 'group_by'],
])('%j is refused at %s', (wrong, path) => {
  const parsed = NewDerivedMetric.safeParse({ name: 'ok', ...wrong })
  expect(parsed.error?.issues.map((i) => i.path.join('.'))).toContain(path)
})
