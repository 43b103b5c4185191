import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { toast } from '../../ui/toast.tsx'
import { plural } from '../../words.ts'
import { type Change, changesOf, type Draft, draftOf, known, type Resource, rebase, type Section } from './draft.ts'
import { LOOSE, orderBody } from './order.ts'

type Saved = { sections: readonly Section[]; resources: readonly Resource[] }

/** What is being edited over what the public sees: visitors see it after `publish`, and `discard` forgets it. */
export function useDraft(page: string, saved: Saved) {
  const client = useQueryClient()
  const [draft, setDraft] = useState(() => draftOf(saved.sections, saved.resources))
  const [error, setError] = useState<unknown>(null)
  const [publishing, setPublishing] = useState(false)
  const base = useRef(draft)
  const latest = useRef(draft)
  latest.current = draft

  // what colleagues publish meanwhile joins the draft
  useEffect(() => {
    const now = draftOf(saved.sections, saved.resources)
    const next = rebase(latest.current, base.current, now)
    base.current = now
    setDraft(next)
  }, [saved])

  const changes = changesOf(base.current, draft)

  async function publish() {
    if (publishing || !changes.length) return
    setPublishing(true)
    setError(null)
    const ids = new Map<string, string>()
    const made = () => {
      for (const [from, id] of ids) latest.current = known(latest.current, from, id)
      setDraft(latest.current)
    }
    try {
      await send(page, changes, latest.current, ids)
      made()
      // until the answer below arrives, the published draft is what the public sees
      base.current = latest.current
      toast(`${plural(changes.length, 'change')} published`)
    } catch (e) {
      // what was done before the refusal is no change any more
      made()
      setError(e)
    } finally {
      await client.invalidateQueries({ queryKey: ['status-page', page] })
      client.invalidateQueries({ queryKey: ['status-pages'] })
      setPublishing(false)
    }
  }
  const discard = () => setDraft(base.current)

  return { draft, setDraft, changes, publish, publishing, discard, error }
}

/** The requests of `changes`, one after the other; `ids` learns the id of everything made, by the draft's own. A refusal ends it there. */
async function send(page: string, changes: readonly Change[], draft: Draft, ids: Map<string, string>): Promise<void> {
  const path = `/api/status-pages/${page}`
  const real = (id: string) => ids.get(id) ?? id
  for (const c of changes) {
    switch (c.kind) {
      case 'add-section':
        ids.set(c.id, (await api.post<{ id: string }>(`${path}/sections`, { name: c.name })).id)
        break
      case 'rename-section':
        await api.patch(`${path}/sections/${c.id}`, { name: c.name })
        break
      case 'remove-section':
        await api.delete(`${path}/sections/${c.id}`)
        break
      case 'add': {
        const body = {
          section_id: c.section === LOOSE ? null : real(c.section),
          resource_type: 'monitor',
          resource_id: c.monitor,
          public_name: c.name,
        }
        ids.set(c.id, (await api.post<{ id: string }>(`${path}/resources`, body)).id)
        break
      }
      case 'change':
        await api.patch(`${path}/resources/${c.id}`, { public_name: c.name, resource_id: c.monitor })
        break
      case 'remove':
        await api.delete(`${path}/resources/${c.id}`)
        break
      case 'order': {
        let ordered = draft
        for (const [from, id] of ids) ordered = known(ordered, from, id)
        await api.put(`${path}/order`, orderBody(ordered))
        break
      }
      default:
        c satisfies never
    }
  }
}

let last = 0
/** An id that no saved part has. */
export const newId = (): string => `new-${++last}`
