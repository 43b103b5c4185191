import fc from 'fast-check'
import { expect, test } from 'vitest'
import { STEP_MS, Wheel } from './wheel.ts'

test('takes what is due, the oldest first, once', () => {
  const w = new Wheel()
  w.set('b', 1600)
  w.set('a', 1000)
  w.set('c', 9000)
  expect(w.take(999)).toEqual([])
  expect(w.take(1700)).toEqual(['a', 'b'])
  expect(w.take(1700)).toEqual([])
  expect(w.take(100_000_000_000)).toEqual(['c'])
})

test('setting again moves it, deleting removes it', () => {
  const w = new Wheel()
  w.set('a', 1000)
  w.set('a', 5000)
  w.set('b', 1000)
  w.delete('b')
  expect(w.take(2000)).toEqual([])
  expect(w.take(5000)).toEqual(['a'])
})

test('what is set into the past is due at once', () => {
  const w = new Wheel()
  w.set('x', 60_000)
  w.take(50_000)
  w.set('a', 0)
  expect(w.take(50_001)).toEqual(['a'])
  expect(w.take(60_000)).toEqual(['x'])
})

test('at most as many as asked for, and the rest afterwards', () => {
  const w = new Wheel()
  for (let i = 0; i < 10; i++) w.set(String(i), 1000 + i)
  expect(w.take(2000, 4)).toHaveLength(4)
  expect(w.take(2000, 100)).toHaveLength(6)
})

test('next is the earliest due step, and never after the latest wanted', () => {
  const w = new Wheel()
  expect(w.next(3000)).toBe(3000)
  w.set('a', 2600)
  expect(w.next(3000)).toBe(2500)
  w.set('b', 2000)
  expect(w.next(3000)).toBe(2000)
  w.take(2700)
  expect(w.next(3000)).toBe(3000)
})

test('nothing is lost and nothing comes before its step, in any order of calls', () => {
  const op = fc.oneof(
    fc.record({ do: fc.constant('set' as const), id: fc.integer({ min: 0, max: 9 }), at: fc.integer({ min: 0, max: 50_000 }) }),
    fc.record({ do: fc.constant('take' as const), by: fc.integer({ min: 0, max: 9000 }), max: fc.integer({ min: 1, max: 5 }) }),
  )
  fc.assert(
    fc.property(fc.array(op, { maxLength: 60 }), (ops) => {
      const w = new Wheel()
      const due = new Map<string, number>()
      let now = 0
      for (const o of ops) {
        if (o.do === 'set') {
          w.set(String(o.id), o.at)
          due.set(String(o.id), Math.floor(o.at / STEP_MS))
        } else {
          now += o.by
          const step = Math.floor(now / STEP_MS)
          const ready = [...due].filter(([, s]) => s <= step)
          const taken = w.take(now, o.max)
          expect(taken).toHaveLength(Math.min(o.max, ready.length))
          for (const id of taken) {
            expect(due.get(id)).toBeLessThanOrEqual(step)
            due.delete(id)
          }
        }
      }
      expect(w.size).toBe(due.size)
      expect(w.take(Number.MAX_SAFE_INTEGER).sort()).toEqual([...due.keys()].sort())
    }),
  )
})
