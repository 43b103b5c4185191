import { expect, test } from 'vitest'
import { inOrder } from './in-order.ts'

const block = (times: number[], values = times, more: { kinds?: number[]; starts?: number[] } = {}) => ({
  fingerprint: 1n,
  times: Float64Array.from(times),
  values: Float64Array.from(values),
  kinds: more.kinds ? Uint8Array.from(more.kinds) : null,
  starts: more.starts ? Float64Array.from(more.starts) : null,
})
const told = (times: number[], values?: number[]) => {
  const found = inOrder(block(times, values))
  return [[...found.times], [...found.values], found.doubtful]
}

test.each([
  ['in order', [1, 2, 3], [1, 2, 3]],
  ['one part before another', [4, 5, 1, 2], [1, 2, 4, 5]],
  ['many parts', [7, 8, 1, 2, 5, 3], [1, 2, 3, 5, 7, 8]],
  ['parts that lie in each other', [1, 5, 2, 6, 3, 4, 7], [1, 2, 3, 4, 5, 6, 7]],
  ['backwards', [5, 4, 3, 2, 1], [1, 2, 3, 4, 5]],
  ['the same again', [1, 2, 1, 2], [1, 2]],
  ['a part of it again', [1, 2, 3, 2, 3, 4], [1, 2, 3, 4]],
  ['nothing', [], []],
])('samples of parts come out by time: %s', (_, times, sorted) => {
  expect(told(times)).toEqual([sorted, sorted, false])
})

test('kinds and starts go with their samples', () => {
  for (const times of [
    [3, 4, 1, 2],
    [1, 4, 2, 3],
  ]) {
    const { kinds, starts, values } = inOrder(
      block(
        times,
        times.map((t) => t * 10),
        { kinds: times.map((t) => t % 2), starts: times.map((t) => t * 100) },
      ),
    )
    expect([[...values], [...kinds!], [...starts!]]).toEqual([
      [10, 20, 30, 40],
      [1, 0, 1, 0],
      [100, 200, 300, 400],
    ])
  }
})

test('two values at one time are doubtful, the same value twice is not, NaN is the same as NaN', () => {
  expect(told([1, 2, 2], [5, 6, 7])[2]).toBe(true)
  expect(told([1, 2, 2], [5, 6, 6])).toEqual([[1, 2], [5, 6], false])
  expect(told([1, 1], [Number.NaN, Number.NaN])[2]).toBe(false)
})
