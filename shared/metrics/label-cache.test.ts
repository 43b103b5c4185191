import { expect, test } from 'vitest'
import { knownLabels, LabelCache } from './label-cache.ts'
import { Labels } from './promql/labels.ts'

const series = (...names: string[]) => knownLabels(new Map(names.map((n, i) => [BigInt(i), Labels.of({ __name__: n })])))

test('the rank is the place in the order of labels; what RE2 refused has none', () => {
  const [a, b] = [Labels.of({ __name__: 'a' }), Labels.of({ __name__: 'b' })]
  const { rank } = knownLabels(
    new Map([
      [1n, b],
      [2n, null],
      [3n, a],
    ]),
  )
  expect([rank.get(a), rank.get(b), rank.size]).toEqual([0, 1, 2])
})

test('it holds no more series than it may, and forgets what was not asked for longest', () => {
  const cache = new LabelCache(4)
  cache.set('x', series('a', 'b'))
  cache.set('y', series('c', 'd'))
  cache.get('x')
  cache.set('z', series('e'))
  expect([cache.get('x')?.labels.size, cache.get('y'), cache.get('z')?.labels.size]).toEqual([2, undefined, 1])
})

test('a selection larger than all of it is not kept, nor what was known of it before', () => {
  const cache = new LabelCache(2)
  cache.set('x', series('a'))
  cache.set('x', series('a', 'b', 'c'))
  expect(cache.get('x')).toBeUndefined()
  cache.set('y', series('a', 'b'))
  expect(cache.get('y')?.labels.size).toBe(2)
})
