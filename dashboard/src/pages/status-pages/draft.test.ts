import { expect, test } from 'vitest'
import { type Change, type Component, changesOf, type Draft, known, rebase } from './draft.ts'
import { moveItem, moveSection, step } from './order.ts'

const c = (id: string, name = id, monitor = `m-${id}`): Component => ({ id, name, monitor })
const page: Draft = [
  { id: 'P', name: 'Payments', items: [c('checkout'), c('refunds')] },
  { id: 'A', name: 'Accounts', items: [c('sign-in')] },
  { id: '', name: '', items: [c('status')] },
]
const read = (d: Draft) => d.map((s) => `${s.id}: ${s.items.map((i) => i.id).join(' ')}`.trim())
const kinds = (d: Draft) => changesOf(page, d).map((x: Change) => ('id' in x ? `${x.kind} ${x.id}` : x.kind))
const edit = (f: (d: Component) => Component) => page.map((s) => ({ ...s, items: s.items.map(f) }))

test('an untouched draft, and one moved there and back, publishes nothing', () => {
  expect(kinds(page)).toEqual([])
  expect(kinds(step(step(page, 'checkout', 1) as Draft, 'checkout', -1) as Draft)).toEqual([])
})

test('any number of moves is one change', () => {
  const moved = moveSection(moveItem(page, 'status', 'P', 0), 'A', 0) as Draft
  expect(kinds(moved)).toEqual(['order'])
})

test('each name, each monitor, each part is a change', () => {
  expect(kinds(edit((x) => (x.id === 'checkout' ? { ...x, name: 'Pay' } : x)))).toEqual(['change checkout'])
  expect(kinds(page.map((s) => (s.id === 'A' ? { ...s, name: 'Sign-in' } : s)))).toEqual(['rename-section A'])
  expect(kinds(page.map((s) => ({ ...s, items: s.items.filter((i) => i.id !== 'refunds') })))).toEqual(['remove refunds'])
})

test('removing a section and its components removes the components first', () => {
  expect(kinds(page.filter((s) => s.id !== 'A'))).toEqual(['remove sign-in', 'remove-section A'])
})

test('something new at the end needs no order; elsewhere it does', () => {
  const end = page.map((s) => (s.id === 'P' ? { ...s, items: [...s.items, c('new-1')] } : s))
  expect(kinds(end)).toEqual(['add new-1'])
  const top = page.map((s) => (s.id === 'P' ? { ...s, items: [c('new-1'), ...s.items] } : s))
  expect(kinds(top)).toEqual(['add new-1', 'order'])
})

test('a new section is made before what is put into it; a component that moves into it is carried there', () => {
  const loose = page.at(-1)!
  const filled: Draft = [...page.slice(0, 2), { id: 'new-s', name: 'New', items: [c('new-1')] }, loose]
  expect(changesOf(page, filled)).toEqual([
    { kind: 'add-section', id: 'new-s', name: 'New' },
    { kind: 'add', id: 'new-1', name: 'new-1', monitor: 'm-new-1', section: 'new-s' },
  ])
  expect(kinds(moveItem([...page.slice(0, 2), { id: 'new-s', name: 'New', items: [] }, loose], 'refunds', 'new-s', 0) as Draft)).toEqual([
    'add-section new-s',
    'order',
  ])
})

test('once it has its id, a new part is not made again', () => {
  const draft = page.map((s) => (s.id === 'A' ? { ...s, items: [...s.items, c('new-1')] } : s))
  const saved = page.map((s) => (s.id === 'A' ? { ...s, items: [...s.items, c('real', 'new-1', 'm-new-1')] } : s))
  expect(changesOf(saved, known(draft, 'new-1', 'real'))).toEqual([])
})

test('a colleague’s changes join an unpublished draft without undoing it', () => {
  const mine = moveItem(
    edit((x) => (x.id === 'checkout' ? { ...x, name: 'Pay' } : x)),
    'status',
    'A',
    0,
  ) as Draft
  const theirs: Draft = [
    { id: 'P', name: 'Money', items: [c('checkout', 'Checkout 2'), c('payouts')] },
    { id: 'A', name: 'Accounts', items: [c('sign-in', 'Log-in')] },
    { id: 'N', name: 'News', items: [c('blog')] },
    { id: '', name: '', items: [c('status')] },
  ]
  const merged = rebase(mine, page, theirs)
  expect(read(merged)).toEqual(['P: checkout payouts', 'A: status sign-in', 'N: blog', ':'])
  expect(merged[0]!.name).toBe('Money')
  expect(merged[0]!.items[0]!.name).toBe('Pay')
  expect(merged[1]!.items[1]!.name).toBe('Log-in')
  expect(changesOf(theirs, merged).map((x) => x.kind)).toEqual(['change', 'order'])
})

test('a draft nobody touched follows the page', () => {
  const theirs: Draft = [
    { id: 'A', name: 'Accounts', items: [c('status'), c('sign-in')] },
    { id: '', name: '', items: [] },
  ]
  expect(changesOf(theirs, rebase(theirs, theirs, theirs))).toEqual([])
})
