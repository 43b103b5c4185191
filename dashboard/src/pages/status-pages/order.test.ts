import { expect, test } from 'vitest'
import { dropOn, moveItem, moveSection, orderBody, placeOf, sameOrder, step, type Tree, whereIs } from './order.ts'

const tree: Tree = [
  {
    id: 'P',
    name: 'Payments',
    items: [
      { id: 'checkout', name: 'Checkout' },
      { id: 'refunds', name: 'Refunds' },
      { id: 'payouts', name: 'Payouts' },
    ],
  },
  { id: 'A', name: 'Accounts', items: [{ id: 'sign-in', name: 'Sign-in' }] },
  { id: 'E', name: 'Empty', items: [] },
]
const read = (t: Tree) => t.map((s) => `${s.id}: ${s.items.map((i) => i.id).join(' ')}`.trim())

test('a component moves by one within its section', () => {
  expect(read(step(tree, 'refunds', -1))[0]).toBe('P: refunds checkout payouts')
  expect(read(step(tree, 'refunds', 1))[0]).toBe('P: checkout payouts refunds')
})

test('over the edge of a section it goes into the neighbour: first from above, last from below, also into an empty one', () => {
  expect(read(step(tree, 'payouts', 1))).toEqual(['P: checkout refunds', 'A: payouts sign-in', 'E:'])
  expect(read(step(tree, 'sign-in', -1))).toEqual(['P: checkout refunds payouts sign-in', 'A:', 'E:'])
  expect(read(step(tree, 'sign-in', 1))).toEqual(['P: checkout refunds payouts', 'A:', 'E: sign-in'])
})

test('at the ends of the page nothing moves', () => {
  expect(step(tree, 'checkout', -1)).toBe(tree)
  const last = step(tree, 'sign-in', 1)
  expect(step(last, 'sign-in', 1)).toBe(last)
  expect(step(tree, 'P', -1)).toBe(tree)
  expect(step(tree, 'E', 1)).toBe(tree)
  expect(step(tree, 'nobody', 1)).toBe(tree)
})

test('a section moves with its components', () => {
  expect(read(step(tree, 'A', -1))).toEqual(['A: sign-in', 'P: checkout refunds payouts', 'E:'])
  expect(read(moveSection(tree, 'P', 2))).toEqual(['A: sign-in', 'E:', 'P: checkout refunds payouts'])
})

test('walking a component down the whole page and back loses nothing', () => {
  let t = tree
  for (let i = 0; i < 10; i++) t = step(t, 'checkout', 1)
  expect(read(t)).toEqual(['P: refunds payouts', 'A: sign-in', 'E: checkout'])
  for (let i = 0; i < 10; i++) t = step(t, 'checkout', -1)
  expect(sameOrder(t, tree)).toBe(true)
})

test('a drop puts the component at the place it was dropped on', () => {
  expect(read(moveItem(tree, 'checkout', 'A', 1))).toEqual(['P: refunds payouts', 'A: sign-in checkout', 'E:'])
  expect(read(moveItem(tree, 'checkout', 'P', 99))[0]).toBe('P: refunds payouts checkout')
  expect(moveItem(tree, 'checkout', 'P', 0)).toBe(tree)
  expect(moveItem(tree, 'checkout', 'gone', 0)).toBe(tree)
})

test('where something is, in words', () => {
  expect(whereIs(tree, 'refunds')).toBe('2 of 3 in Payments')
  expect(whereIs(tree, 'A')).toBe('section 2 of 3')
  expect(placeOf(tree, 'nobody')).toBe(null)
})

test('what stands by itself is last and stays there; its components move like all others', () => {
  const loose: Tree = [...tree.slice(0, 2), { id: '', name: '', items: [{ id: 'status', name: 'Status' }] }]
  expect(step(loose, 'A', 1)).toBe(loose)
  expect(step(loose, '', -1)).toBe(loose)
  expect(read(step(loose, 'status', -1))).toEqual(['P: checkout refunds payouts', 'A: sign-in status', ':'])
  expect(whereIs(loose, 'status')).toBe('1 of 1 without a section')
  expect(whereIs(loose, 'A')).toBe('section 2 of 2')
  expect(orderBody(loose)).toEqual({
    sections: [
      { id: 'P', resources: ['checkout', 'refunds', 'payouts'] },
      { id: 'A', resources: ['sign-in'] },
    ],
    resources: ['status'],
  })
})

test('dragged over a row, a component goes above or below it', () => {
  expect(read(dropOn(tree, 'checkout', 'payouts', true))[0]).toBe('P: refunds payouts checkout')
  expect(read(dropOn(tree, 'checkout', 'payouts', false))[0]).toBe('P: refunds checkout payouts')
  expect(read(dropOn(tree, 'payouts', 'checkout', false))[0]).toBe('P: payouts checkout refunds')
  expect(read(dropOn(tree, 'payouts', 'sign-in', true))[1]).toBe('A: sign-in payouts')
  expect(dropOn(tree, 'checkout', 'refunds', false)).toBe(tree)
})

test('below the head of a section is its top, above it the end of the section before', () => {
  expect(read(dropOn(tree, 'checkout', 'E', true))).toEqual(['P: refunds payouts', 'A: sign-in', 'E: checkout'])
  expect(read(dropOn(tree, 'sign-in', 'A', false))).toEqual(['P: checkout refunds payouts sign-in', 'A:', 'E:'])
  expect(dropOn(tree, 'checkout', 'P', false)).toBe(tree)
})

test('a dragged section takes the place of another section, never of a component', () => {
  expect(read(dropOn(tree, 'A', 'P', false))).toEqual(['A: sign-in', 'P: checkout refunds payouts', 'E:'])
  expect(dropOn(tree, 'A', 'checkout', true)).toBe(tree)
  expect(dropOn(tree, 'A', 'A', true)).toBe(tree)
})
