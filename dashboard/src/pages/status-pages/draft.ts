import type * as z from 'zod'
import type { ResourceBody, SectionBody } from '../../../../shared/status-pages/schema.ts'
import { type Group, type Item, LOOSE, order } from './order.ts'

export type Resource = z.infer<typeof ResourceBody>
export type Section = z.infer<typeof SectionBody>
/** A component of the draft. `saved` is what the public sees of it now; a new one has none. */
export type Component = Item & { monitor: string; saved?: Resource }
export type Draft = readonly Group<Component>[]

/** Parts made in the draft have ids of their own until they are published. */
export const isNew = (id: string): boolean => id.startsWith('new-')

/** What the public sees, as the editor holds it. */
export function draftOf(sections: readonly Section[], resources: readonly Resource[]): Draft {
  const of = (section: string | null): Component[] =>
    resources
      .filter((r) => r.section_id === section)
      .sort((a, b) => a.position - b.position)
      .map((r) => ({ id: r.id, name: r.public_name, monitor: r.resource_id, saved: r }))
  const groups = [...sections].sort((a, b) => a.position - b.position).map((s) => ({ id: s.id, name: s.name, items: of(s.id) }))
  return [...groups, { id: LOOSE, name: '', items: of(null) }]
}

/** One request that brings the page nearer to the draft. */
export type Change =
  | { kind: 'add-section'; id: string; name: string }
  | { kind: 'rename-section'; id: string; name: string }
  | { kind: 'remove-section'; id: string }
  | { kind: 'add'; id: string; name: string; monitor: string; section: string }
  | { kind: 'change'; id: string; name: string; monitor: string }
  | { kind: 'remove'; id: string }
  | { kind: 'order' }

/** What publishing would do, in the order it is done: make, change, remove, then put in order. Empty when nothing differs. */
export function changesOf(saved: Draft, draft: Draft): Change[] {
  const [was, is] = [parts(saved), parts(draft)]
  const out: Change[] = []
  for (const s of is.sections) if (!was.section(s.id)) out.push({ kind: 'add-section', id: s.id, name: s.name })
  for (const c of is.components)
    if (!was.component(c.id)) out.push({ kind: 'add', id: c.id, name: c.name, monitor: c.monitor, section: is.home(c.id) })
  for (const s of is.sections)
    if (was.section(s.id) && was.section(s.id)!.name !== s.name) out.push({ kind: 'rename-section', id: s.id, name: s.name })
  for (const c of is.components) {
    const before = was.component(c.id)
    if (before && (before.name !== c.name || before.monitor !== c.monitor))
      out.push({ kind: 'change', id: c.id, name: c.name, monitor: c.monitor })
  }
  for (const c of was.components) if (!is.component(c.id)) out.push({ kind: 'remove', id: c.id })
  for (const s of was.sections) if (!is.section(s.id)) out.push({ kind: 'remove-section', id: s.id })
  return isReordered(was, is, saved, draft) ? [...out, { kind: 'order' }] : out
}

/** True when what both have stands elsewhere, or something new stands where adding it would not put it: at the end. */
function isReordered(was: Parts, is: Parts, saved: Draft, draft: Draft): boolean {
  const both = (d: Draft) =>
    order(d)
      .filter((s) => s.id === LOOSE || (was.section(s.id) && is.section(s.id)))
      .map((s) => [s.id, ...s.resources.filter((id) => was.component(id) && is.component(id))])
  if (JSON.stringify(both(saved)) !== JSON.stringify(both(draft))) return true
  const newLast = (ids: string[], known: (id: string) => unknown) =>
    ids.every((id, i) => known(id) || ids.slice(i).every((later) => !known(later)))
  return (
    !newLast(
      is.sections.map((s) => s.id),
      was.section,
    ) ||
    draft.some(
      (s) =>
        !newLast(
          s.items.map((c) => c.id),
          was.component,
        ),
    ) ||
    // a known component in a new section has to be carried there
    draft.some((s) => s.id !== LOOSE && !was.section(s.id) && s.items.some((c) => was.component(c.id)))
  )
}

/** The draft once a new part got its id. */
export const known = (draft: Draft, from: string, id: string): Draft =>
  draft.map((s) => ({ ...s, id: s.id === from ? id : s.id, items: s.items.map((c) => (c.id === from ? { ...c, id } : c)) }))

/**
 * The draft over a page that changed meanwhile: a colleague's new parts join at the end, what a colleague removed goes, and every
 * component shows what is measured now.
 */
export function rebase(draft: Draft, before: Draft, now: Draft): Draft {
  const [was, is, mine] = [parts(before), parts(now), parts(draft)]
  const kept = draft
    .filter((s) => s.id === LOOSE || isNew(s.id) || is.section(s.id))
    .map((s) => ({
      ...s,
      name: was.section(s.id)?.name === s.name ? (is.section(s.id)?.name ?? s.name) : s.name,
      items: s.items
        .filter((c) => isNew(c.id) || is.component(c.id))
        .map((c) => {
          const [old, fresh] = [was.component(c.id), is.component(c.id)]
          if (!fresh) return c
          return {
            ...fresh,
            name: old && old.name !== c.name ? c.name : fresh.name,
            monitor: old && old.monitor !== c.monitor ? c.monitor : fresh.monitor,
          }
        }),
    }))
  const theirs = now
    .filter((s) => s.id !== LOOSE && !was.section(s.id) && !mine.section(s.id))
    .map((s) => ({ ...s, items: [] as Component[] }))
  const groups = [...kept.slice(0, -1), ...theirs, ...kept.slice(-1)]
  return groups.map((g) => ({
    ...g,
    items: [...g.items, ...(now.find((s) => s.id === g.id)?.items.filter((c) => !was.component(c.id) && !mine.component(c.id)) ?? [])],
  }))
}

type Parts = ReturnType<typeof parts>
function parts(draft: Draft) {
  const sections = draft.filter((s) => s.id !== LOOSE)
  const components = draft.flatMap((s) => s.items)
  return {
    sections,
    components,
    section: (id: string) => sections.find((s) => s.id === id),
    component: (id: string) => components.find((c) => c.id === id),
    home: (id: string) => draft.find((s) => s.items.some((c) => c.id === id))?.id ?? LOOSE,
  }
}
