import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Node, treeOf } from './tree.ts'

const span = (span_id: string, parent_span_id = '', startNs = 0, durationNs = 10): Node => ({
  span_id,
  parent_span_id,
  startNs,
  durationNs,
})
/** `id@depth`, an orphan with a question mark. */
const drawn = (spans: Node[]) => treeOf(spans).map((p) => `${p.span.span_id}@${p.depth}${p.orphan ? '?' : ''}`)

test.each<[string, Node[], string[]]>([
  ['nothing', [], []],
  [
    'parents before children, siblings by time',
    [span('c', 'a', 5), span('d', 'b', 3), span('b', 'a', 2), span('a')],
    ['a@0', 'b@1', 'd@2', 'c@1'],
  ],
  ['of spans that begin together the longer comes first', [span('b', 'r', 0, 1), span('c', 'r', 0, 9), span('r')], ['r@0', 'c@1', 'b@1']],
  [
    'a span without its parent is an orphan, its children are not',
    [span('b', 'gone', 1), span('c', 'b', 2), span('a', '', 3)],
    ['b@0?', 'c@1', 'a@0'],
  ],
  ['a child may begin before its parent', [span('a', '', 5), span('b', 'a', 1)], ['a@0', 'b@1']],
  ['a span that is its own parent', [span('a', 'a')], ['a@0?']],
  ['a ring begins at its earliest', [span('a', 'c', 3), span('b', 'a', 1), span('c', 'b', 2)], ['b@0?', 'c@1', 'a@2']],
  ['a ring with a tail', [span('a', 'b', 1), span('b', 'a', 2), span('t', 'b', 3), span('r', '', 9)], ['r@0', 'a@0?', 'b@1', 't@2']],
  ['sent twice, there once', [span('a'), span('a'), span('b', 'a', 1), span('b', 'a', 1)], ['a@0', 'b@1']],
  [
    'one id, two spans: both stay, children belong to the first',
    [span('a', '', 0), span('a', '', 5), span('b', 'a', 6)],
    ['a@0', 'b@1', 'a@0'],
  ],
])('%s', (_, spans, expected) => {
  expect(drawn(spans)).toEqual(expected)
})

test.each<[string, Node[], number]>([
  ['a leaf', [], 100],
  ['children one after another', [span('b', 'a', 10, 20), span('c', 'a', 40, 20)], 60],
  ['children at once count once', [span('b', 'a', 10, 40), span('c', 'a', 20, 40)], 50],
  ['a child inside another', [span('b', 'a', 10, 80), span('c', 'a', 20, 10)], 20],
  ['what ends after the parent counts up to its end', [span('b', 'a', 90, 50)], 90],
  ['what begins before counts from its beginning', [span('b', 'a', -50, 60)], 90],
  ['grandchildren do not count', [span('b', 'a', 0, 10), span('c', 'b', 50, 50)], 90],
  ['all of it', [span('b', 'a', -5, 500)], 0],
])('own time: %s', (_, below, expected) => {
  expect(treeOf([span('a', '', 0, 100), ...below]).find((p) => p.span.span_id === 'a')!.selfNs).toBe(expected)
})

test('whatever the spans say of each other, every one is placed once, under its parent or at the top', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g')
  const any = fc.record({ span_id: id, parent_span_id: fc.oneof(id, fc.constant('')), startNs: fc.nat(20), durationNs: fc.nat(20) })
  fc.assert(
    fc.property(fc.array(any, { maxLength: 30 }), (spans) => {
      const placed = treeOf(spans)
      const key = (s: Node) => JSON.stringify(s)
      expect(placed.map((p) => key(p.span)).sort()).toEqual([...new Set(spans.map(key))].sort())
      const path: Node[] = []
      for (const { span: s, depth, selfNs } of placed) {
        expect(depth).toBeLessThanOrEqual(path.length)
        path.length = depth
        if (depth) expect(path[depth - 1]!.span_id).toBe(s.parent_span_id)
        path.push(s)
        expect(selfNs).toBeGreaterThanOrEqual(0)
        expect(selfNs).toBeLessThanOrEqual(s.durationNs)
      }
    }),
    { numRuns: 2000 },
  )
})

test.each<[string, (i: number) => Node]>([
  ['a chain', (i) => span(`s${i}`, i ? `s${i - 1}` : '', i)],
  ['a fan', (i) => span(`s${i}`, i ? 's0' : '', i)],
  ['a ring', (i) => span(`s${i}`, `s${(i + 1) % 10_000}`, i)],
  ['orphans', (i) => span(`s${i}`, `gone${i}`, i)],
])('10,000 spans take less than a quarter of a second: %s', (_, make) => {
  const spans = Array.from({ length: 10_000 }, (_, i) => make(i))
  const began = performance.now()
  expect(treeOf(spans)).toHaveLength(10_000)
  expect(performance.now() - began).toBeLessThan(250)
})
