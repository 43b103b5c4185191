import { useQueryClient } from '@tanstack/react-query'
import { Pause, Play, X } from 'lucide-react'
import { useState } from 'react'
import { api, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import type { List, Monitor } from '../../wire.ts'
import { plural } from '../../words.ts'

const AT_ONCE = 6

/** Pauses or resumes monitors: shown at once, undone with one press, and the refusals counted. */
export function usePausing(): (ids: readonly string[], paused: boolean, name?: string) => Promise<void> {
  const client = useQueryClient()
  const show = (ids: ReadonlySet<string>, paused: boolean) => {
    const next = (m: Monitor): Monitor => (ids.has(m.id) ? { ...m, paused, status: paused ? 'paused' : 'pending' } : m)
    client.setQueriesData<List<Monitor>>({ queryKey: ['monitors', 'list'] }, (old) => old && { ...old, data: old.data.map(next) })
    for (const id of ids) client.setQueryData<Monitor>(['monitor', id], (old) => old && next(old))
  }
  return async function pausing(ids, paused, name) {
    show(new Set(ids), paused)
    const refusals: unknown[] = []
    for (let i = 0; i < ids.length; i += AT_ONCE)
      await Promise.all(
        ids.slice(i, i + AT_ONCE).map((id) => api.patch(`/api/uptime/monitors/${id}`, { paused }).catch((e) => refusals.push(e))),
      )
    await Promise.all([
      client.invalidateQueries({ queryKey: ['monitors'] }),
      ...ids.map((id) => client.invalidateQueries({ queryKey: ['monitor', id] })),
    ])
    if (refusals.length) toast(`${plural(refusals.length, 'monitor')} not changed: ${sentence(refusals[0])}`)
    else
      toast(`${paused ? 'Paused' : 'Resumed'} ${name ?? plural(ids.length, 'monitor')}`, { undo: () => void pausing(ids, !paused, name) })
  }
}

/** What can be done to the selected rows; `p` also works on the row under the cursor. */
export function BulkBar({ picked, selected, onDone }: { picked: ReadonlySet<string>; selected: string; onDone: () => void }) {
  const pausing = usePausing()
  const [busy, setBusy] = useState(false)
  const run = async (paused: boolean, ids: readonly string[]) => {
    if (!ids.length || busy) return
    setBusy(true)
    await pausing(ids, paused)
    setBusy(false)
    onDone()
  }
  const ids = picked.size ? [...picked] : /^[0-9a-f-]{36}$/.test(selected) ? [selected] : []
  useKeys([{ keys: 'p', label: 'Pause the selected monitors', group: 'Actions', run: () => void run(true, ids) }])
  if (!picked.size) return null
  return (
    <section
      aria-label="Selected monitors"
      className="enter-pop fixed bottom-5 left-1/2 z-20 flex min-h-12 max-w-[calc(100vw-32px)] -translate-x-1/2 flex-wrap items-center gap-2 rounded-4 bg-raised py-1.5 pr-2 pl-4 shadow-pop [--surface:var(--raised)] phone:bottom-20"
    >
      <span className="mr-2">{picked.size} selected</span>
      <Button icon={Pause} keys="p" busy={busy} onClick={() => run(true, ids)}>
        Pause
      </Button>
      <Button icon={Play} busy={busy} onClick={() => run(false, ids)}>
        Resume
      </Button>
      <Button kind="ghost" icon={X} aria-label="Clear the selection, key Esc" onClick={onDone} />
    </section>
  )
}
