import { expect, test } from 'vitest'
import { Remembered } from './remembered.ts'

test('an entry is known until its end and no longer', () => {
  const known = new Remembered<string>(10)
  known.set('a', 'one', 100)
  expect([known.get('a', 99), known.get('a', 100), known.get('a', 99)]).toEqual(['one', undefined, undefined])
})

test('a million strangers cannot fill the memory: the oldest goes first', () => {
  const known = new Remembered<number>(3)
  for (let n = 0; n < 1_000_000; n++) known.set(`k${n}`, n, 1)
  expect([known.get('k999996', 0), known.get('k999997', 0), known.get('k999999', 0)]).toEqual([undefined, 999_997, 999_999])
})

test('setting again renews the place and the end', () => {
  const known = new Remembered<number>(2)
  known.set('a', 1, 10)
  known.set('b', 1, 10)
  known.set('a', 2, 20)
  known.set('c', 1, 10)
  expect([known.get('a', 15), known.get('b', 5), known.get('c', 5)]).toEqual([2, undefined, 1])
})
