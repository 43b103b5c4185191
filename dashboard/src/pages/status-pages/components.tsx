import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { useSortable } from '../../ui/sortable.ts'
import { EmptyState } from '../../ui/state.tsx'
import { ComponentForm, SectionForm } from './component-form.tsx'
import { Row, SectionHead } from './component-row.tsx'
import type { Component, Draft } from './draft.ts'
import { dropOn, LOOSE, step, type Tree, whereIs } from './order.ts'
import { type Report, stateWord } from './queries.ts'
import { newId, type useDraft } from './use-draft.ts'

const nameIn = (tree: Tree, id: string): string =>
  tree.find((s) => s.id === id)?.name ?? tree.flatMap((s) => s.items).find((i) => i.id === id)?.name ?? ''
const order = {
  step: (d: Draft, id: string, by: -1 | 1) => step(d, id, by) as Draft,
  dropOn: (d: Draft, id: string, over: string, after: boolean) => dropOn(d, id, over, after) as Draft,
  where: whereIs,
  name: nameIn,
}

type Asking = { what: 'component'; id: string | null; section: string } | { what: 'section'; id: string | null }
type Props = { editing: ReturnType<typeof useDraft>; reports: readonly Report[]; mayWrite: boolean }

/** Sections and components in the order of the page: drag, or lift with Space. Visitors see it after Publish. */
export function Components({ editing: { draft, setDraft }, reports, mayWrite }: Props) {
  const sort = useSortable(draft, setDraft, order)
  const [asking, setAsking] = useState<Asking | null>(null)
  const items = draft.flatMap((s) => s.items)
  const sections = draft.filter((s) => s.id !== LOOSE)
  const drawn = draft.filter((s) => s.id !== LOOSE || s.items.length > 0 || sort.lifted !== null)

  const putComponent = (id: string | null, section: string, name: string, monitor: string) => {
    const before = items.find((c) => c.id === id)
    const component: Component = { id: id ?? newId(), name, monitor, ...(before?.saved ? { saved: before.saved } : {}) }
    const stays = before && draft.some((s) => s.id === section && s.items.includes(before))
    setDraft(
      draft.map((s) => {
        if (stays) return { ...s, items: s.items.map((c) => (c.id === id ? component : c)) }
        const others = s.items.filter((c) => c.id !== id)
        return { ...s, items: s.id === section ? [...others, component] : others }
      }),
    )
    setAsking(null)
  }
  const putSection = (id: string | null, name: string) => {
    const loose = draft.find((s) => s.id === LOOSE)!
    setDraft(id ? draft.map((s) => (s.id === id ? { ...s, name } : s)) : [...sections, { id: newId(), name, items: [] }, loose])
    setAsking(null)
  }
  const removeComponent = (id: string) => setDraft(draft.map((s) => ({ ...s, items: s.items.filter((c) => c.id !== id) })))
  /** Its components stay on the page, without a section. */
  const removeSection = (id: string) => {
    const gone = draft.find((s) => s.id === id)?.items ?? []
    setDraft(draft.filter((s) => s.id !== id).map((s) => (s.id === LOOSE ? { ...s, items: [...s.items, ...gone] } : s)))
  }

  return (
    <>
      {!items.length && !sections.length && (
        <EmptyState title="Nothing on this page yet">
          <p>A component is a service as your customers call it, bound to the monitor that measures it.</p>
          {mayWrite && (
            <Button kind="primary" icon={Plus} onClick={() => setAsking({ what: 'component', id: null, section: LOOSE })}>
              Component
            </Button>
          )}
        </EmptyState>
      )}
      <ul>
        {drawn.map((s) => (
          <li key={s.id} {...(s.id === LOOSE ? {} : { 'data-block': s.id })} className="border-b border-line-soft last:border-b-0">
            <SectionHead
              section={s}
              sort={sort}
              mayWrite={mayWrite}
              onAdd={() => setAsking({ what: 'component', id: null, section: s.id })}
              onRename={() => setAsking({ what: 'section', id: s.id })}
              onRemove={() => removeSection(s.id)}
            />
            <ul>
              {s.items.map((c) => (
                <Row
                  key={c.id}
                  component={c}
                  sort={sort}
                  said={saidOf(c, reports)}
                  mayWrite={mayWrite}
                  onEdit={() => setAsking({ what: 'component', id: c.id, section: s.id })}
                  onRemove={() => removeComponent(c.id)}
                />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {mayWrite && (items.length > 0 || sections.length > 0) && (
        <div className="flex flex-wrap items-center gap-2 border-t border-line-soft px-3.5 pt-2 pb-2.5">
          <Button icon={Plus} onClick={() => setAsking({ what: 'section', id: null })}>
            Section
          </Button>
          {!drawn.some((s) => s.id === LOOSE) && !sections.length && (
            <Button icon={Plus} onClick={() => setAsking({ what: 'component', id: null, section: LOOSE })}>
              Component
            </Button>
          )}
          <span className="text-12 text-text-3">Drag, or focus a handle and press Space. Visitors see it after Publish.</span>
        </div>
      )}
      <p role="status" className="sr-only">
        {sort.said}
      </p>
      {asking?.what === 'component' && (
        <ComponentForm
          component={items.find((c) => c.id === asking.id) ?? null}
          section={asking.section}
          sections={sections}
          onClose={() => setAsking(null)}
          onSave={(section, name, monitor) => putComponent(asking.id, section, name, monitor)}
        />
      )}
      {asking?.what === 'section' && (
        <SectionForm
          name={sections.find((s) => s.id === asking.id)?.name ?? ''}
          isNew={!asking.id}
          onClose={() => setAsking(null)}
          onSave={(name) => putSection(asking.id, name)}
        />
      )}
    </>
  )
}

/** What the open reports say of a component, in a word; null when none speaks of it. */
function saidOf(c: Component, reports: readonly Report[]): string | null {
  const said = reports.filter((r) => r.phase === 'open').flatMap((r) => r.affected.find((a) => a.resource_id === c.id)?.status ?? [])
  return said[0] ? stateWord[said[0]] : null
}
