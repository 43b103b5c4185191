import type { Order } from '../../../../shared/status-pages/schema.ts'

/** The group of components that stand by themselves: always the last, and never moved. */
export const LOOSE = ''

/** Sections and their components in the order in which the public sees them. */
export type Item = { id: string; name: string }
export type Group<T extends Item = Item> = Item & { items: T[] }
export type Tree<T extends Item = Item> = readonly Group<T>[]

/** Where something stands: a section by its index, a component by section and place. */
export type Place = { kind: 'section'; at: number } | { kind: 'item'; section: number; at: number }

export function placeOf(tree: Tree, id: string): Place | null {
  const at = tree.findIndex((s) => s.id === id)
  if (at >= 0) return { kind: 'section', at }
  for (const [section, s] of tree.entries()) {
    const item = s.items.findIndex((i) => i.id === id)
    if (item >= 0) return { kind: 'item', section, at: item }
  }
  return null
}

/** One step up (−1) or down (1). A component goes over a section's edge into the neighbour; at the ends nothing happens. */
export function step<T extends Item>(tree: Tree<T>, id: string, by: -1 | 1): Tree<T> {
  const place = placeOf(tree, id)
  if (!place) return tree
  if (place.kind === 'section') return moveSection(tree, id, place.at + by)
  const to = place.at + by
  if (to >= 0 && to < tree[place.section]!.items.length) return moveItem(tree, id, tree[place.section]!.id, to)
  const neighbour = tree[place.section + by]
  return neighbour ? moveItem(tree, id, neighbour.id, by === 1 ? 0 : neighbour.items.length) : tree
}

/** `to` is the place among the sections after the move. */
export function moveSection<T extends Item>(tree: Tree<T>, id: string, to: number): Tree<T> {
  const from = tree.findIndex((s) => s.id === id)
  if (from < 0 || to < 0 || to >= tree.length || to === from || id === LOOSE || tree[to]?.id === LOOSE) return tree
  const next = [...tree]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}

/** `to` is the place among the section's components after the move; beyond its end is its end. */
export function moveItem<T extends Item>(tree: Tree<T>, id: string, section: string, to: number): Tree<T> {
  const item = tree.flatMap((s) => s.items).find((i) => i.id === id)
  if (!item || !tree.some((s) => s.id === section)) return tree
  const without = tree.map((s) => ({ ...s, items: s.items.filter((i) => i.id !== id) }))
  const next = without.map((s) => (s.id === section ? { ...s, items: s.items.toSpliced(Math.max(0, to), 0, item) } : s))
  return sameOrder(next, tree) ? tree : next
}

/**
 * What is dragged over the row `over`, below it (`after`) or above it. Below a section's head is its top, above it the end of the
 * section before; a section takes the place of the section it is dragged over.
 */
export function dropOn<T extends Item>(tree: Tree<T>, id: string, over: string, after: boolean): Tree<T> {
  const from = placeOf(tree, id)
  const to = placeOf(tree, over)
  if (!from || !to || id === over) return tree
  if (from.kind === 'section') return to.kind === 'section' ? moveSection(tree, id, to.at) : tree
  if (to.kind === 'section') {
    const before = tree[to.at - 1]
    if (after) return moveItem(tree, id, over, 0)
    return before ? moveItem(tree, id, before.id, before.items.length) : tree
  }
  const shift = from.section === to.section && from.at < to.at ? -1 : 0
  return moveItem(tree, id, tree[to.section]!.id, to.at + (after ? 1 : 0) + shift)
}

/** Only the order counts: names and states may differ. */
export const sameOrder = (a: Tree, b: Tree): boolean => JSON.stringify(order(a)) === JSON.stringify(order(b))

/** Ids in order. */
export const order = (tree: Tree) => tree.map((s) => ({ id: s.id, resources: s.items.map((i) => i.id) }))

/** What `PUT /api/status-pages/{id}/order` takes. */
export const orderBody = (tree: Tree): Order => ({
  sections: order(tree).filter((s) => s.id !== LOOSE),
  resources: order(tree).find((s) => s.id === LOOSE)?.resources ?? [],
})

/** "2 of 3 in Payments", "section 1 of 3": said by the live region and under the lifted row. */
export function whereIs(tree: Tree, id: string): string {
  const place = placeOf(tree, id)
  if (!place) return ''
  if (place.kind === 'section') return `section ${place.at + 1} of ${tree.filter((s) => s.id !== LOOSE).length}`
  const section = tree[place.section]!
  return `${place.at + 1} of ${section.items.length} ${section.id === LOOSE ? 'without a section' : `in ${section.name}`}`
}
