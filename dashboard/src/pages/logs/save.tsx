import { useQuery } from '@tanstack/react-query'
import { Bookmark, Trash2 } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type FormEvent, useState } from 'react'
import { api, sentence } from '../../api.ts'
import { useMe } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Layer } from '../../ui/layer.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useWrite } from '../../write.ts'
import { savedQuery } from './queries.ts'
import type { SavedQuery } from './wire.ts'

/** Keeps a SQL query under a name for the whole team, and opens those that are kept. */
export function Saved({ text, onOpen }: { text: string; onOpen: (sql: string) => void }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const { may } = useMe()
  const list = useQuery({ ...savedQuery, enabled: open })
  const save = useWrite({
    send: (body: { name: string; query_type: 'SQL'; query_text: string }) => api.post<SavedQuery>('/api/logs/queries', body),
    done: (made) => {
      setName('')
      toast(`Saved ${made.name || 'the query'}`)
    },
    refresh: [['logs', 'saved']],
  })
  const remove = useWrite({
    send: (q: SavedQuery) => api.delete(`/api/logs/queries/${q.id}`),
    done: (_, q) =>
      toast(`Deleted ${q.name || 'the query'}`, { undo: () => save.mutate({ name: q.name, query_type: 'SQL', query_text: q.query_text }) }),
    refresh: [['logs', 'saved']],
  })
  useKeys([{ keys: 's', label: 'Saved queries', group: 'This page', run: () => setOpen(true) }])
  const submit = (e: FormEvent) => {
    e.preventDefault()
    if (name.trim() && text.trim()) save.mutate({ name: name.trim(), query_type: 'SQL', query_text: text })
  }
  const writes = may('logs:write')
  const saved = (list.data?.data ?? []).filter((q) => q.query_type === 'SQL')
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button icon={Bookmark} keys="s" className="h-[34px] pointer-coarse:h-11">
          Saved
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          aria-label="Saved queries"
          className="enter-pop z-40 w-[min(360px,calc(100vw-32px))] rounded-3 bg-raised p-1 shadow-pop outline-none"
        >
          <Layer>
            {list.error && <p className="px-2 py-2 text-12 text-down">{sentence(list.error)}</p>}
            {list.data && saved.length === 0 && <p className="px-2 py-2 text-12 text-text-2">Nothing is saved yet.</p>}
            <ul className="max-h-64 overflow-auto">
              {saved.map((q) => (
                <li key={q.id} className="flex items-center">
                  <button
                    type="button"
                    onClick={() => {
                      onOpen(q.query_text)
                      setOpen(false)
                    }}
                    className="h-8 min-w-0 flex-1 truncate rounded-2 px-2 text-left hover:bg-hover pointer-coarse:h-11"
                  >
                    {q.name || q.query_text}
                  </button>
                  {writes && <Button kind="ghost" icon={Trash2} aria-label={`Delete ${q.name}`} onClick={() => remove.mutate(q)} />}
                </li>
              ))}
            </ul>
            {writes && (
              <form onSubmit={submit} className="mt-1 flex items-end gap-2 border-t border-line-soft p-2">
                <Field label="Save this query as" error={save.error ? sentence(save.error) : undefined} className="flex-1">
                  {(aria) => <TextInput {...aria} value={name} maxLength={200} onChange={(e) => setName(e.target.value)} />}
                </Field>
                <Button type="submit" busy={save.isPending} disabled={!name.trim() || !text.trim()}>
                  Save
                </Button>
              </form>
            )}
          </Layer>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
