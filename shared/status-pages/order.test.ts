import { expect, test } from 'vitest'
import { placed } from './order.ts'

const rows = ['a', 'b', 'c'].map((id, position) => ({ id, position: position * 10 }))
const order = (id: string, position?: number) =>
  placed(rows, id, position)
    .map((p) => p.id + p.position)
    .join(' ')

test.each<[string, number | undefined, string]>([
  ['x', undefined, 'a0 b1 c2 x3'],
  ['x', 0, 'x0 a1 b2 c3'],
  ['x', 99, 'a0 b1 c2 x3'],
  ['c', 0, 'c0 a1 b2'],
  ['a', 2, 'b0 c1 a2'],
  ['b', undefined, 'a0 c1 b2'],
])('%s to %s', (id, position, expected) => expect(order(id, position)).toBe(expected))
