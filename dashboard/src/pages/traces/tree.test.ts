import { expect, test } from 'vitest'
import { criticalPath, treeRows } from './tree.ts'
import type { TraceSpan } from './wire.ts'

const span = (span_id: string, depth: number, from: number, ms: number): TraceSpan => ({
  span_id,
  source_id: '',
  kind: '',
  status_message: '',
  links: [],
  parent_span_id: '',
  service: 's',
  operation: span_id,
  started_at: new Date(1_000_000 + from).toISOString(),
  offset_ms: from,
  duration_ms: ms,
  self_ms: ms,
  status: 'unset',
  attributes: {},
  events: [],
  depth,
  orphan: false,
})
//  a ─ b ─ c
//    ├ d
//    └ e ─ f
const spans = [
  span('a', 0, 0, 100),
  span('b', 1, 0, 30),
  span('c', 2, 5, 20),
  span('d', 1, 10, 40),
  span('e', 1, 50, 49),
  span('f', 2, 55, 10),
]
const none = new Set<string>()
const shown = (folded: Set<string>) =>
  treeRows(spans, folded, none).map(
    (r) => `${r.span.span_id}${r.guides.map((g) => (g ? '│' : ' ')).join('')}${r.folded ? `+${r.children}` : ''}`,
  )

test('guides go on exactly as far as a sibling follows', () => {
  expect(shown(none)).toEqual(['a', 'b│', 'c│ ', 'd│', 'e ', 'f  '])
})

test('what is folded stands for all that is under it', () => {
  expect(shown(new Set(['b']))).toEqual(['a', 'b│+1', 'd│', 'e ', 'f  '])
  expect(shown(new Set(['a', 'b']))).toEqual(['a+5'])
  expect(shown(new Set(['f']))).toEqual(['a', 'b│', 'c│ ', 'd│', 'e ', 'f  '])
})

test('the critical path goes from the end back through what was waited for', () => {
  expect([...criticalPath(spans)].sort()).toEqual(['a', 'd', 'e', 'f'])
  expect(criticalPath([])).toEqual(new Set())
})

test('two roots: the one that ends last decides', () => {
  expect([...criticalPath([span('x', 0, 0, 10), span('y', 0, 5, 50), span('z', 1, 10, 20)])].sort()).toEqual(['y', 'z'])
})

test('10,000 spans in one chain and in one level take no noticeable time', () => {
  const deep = Array.from({ length: 10_000 }, (_, i) => span(`n${i}`, i, i, 10_000 - i))
  const wide = Array.from({ length: 10_000 }, (_, i) => span(`n${i}`, i ? 1 : 0, i, 1))
  const started = performance.now()
  for (const spans of [deep, wide]) {
    expect(treeRows(spans, none, criticalPath(spans))).toHaveLength(10_000)
  }
  expect(performance.now() - started).toBeLessThan(1000)
})
