import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { BoardLinkMade, BoardLinks } from '../../../../shared/metrics/boards/links/schema.ts'
import { api, fieldError, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Note } from '../../ui/panel.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Command, Load } from '../../ui/state.tsx'
import { When } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import type { Board } from './wire.ts'

const DAY_MS = 86_400_000
const lengths = [
  { days: 7, said: '7 days' },
  { days: 30, said: '30 days' },
  { days: 0, said: 'Until it is deleted' },
]

/** Links by which people outside the team see this board and nothing else. A new one is shown once. */
export function Links({ board, may, onClose }: { board: Board; may: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const path = `/api/metrics/dashboards/${board.id}/links`
  const key = ['dashboard', board.id, 'links']
  const query = useQuery({ queryKey: key, queryFn: () => api.get<BoardLinks>(path) })
  const [name, setName] = useState('')
  const [days, setDays] = useState(7)
  const make = useMutation({
    mutationFn: () => api.post<BoardLinkMade>(path, { name, expires_at: days ? new Date(Date.now() + days * DAY_MS).toISOString() : null }),
    onSuccess: () => {
      setName('')
      void client.invalidateQueries({ queryKey: key })
    },
  })
  const remove = async (id: string) => {
    try {
      await api.delete(`${path}/${id}`)
      toast('Link deleted: who has it sees nothing any more')
    } catch (e) {
      toast(sentence(e))
    }
    void client.invalidateQueries({ queryKey: key })
  }
  return (
    <Sheet
      title="Share by link"
      onClose={onClose}
      consequence="Who has a link sees these panels without signing in"
      buttons={<Button onClick={onClose}>Close</Button>}
    >
      {may && (
        <form
          className="mb-4 grid gap-3"
          onSubmit={(e) => {
            e.preventDefault()
            make.mutate()
          }}
        >
          <Field label="Who it is for" aside="optional" error={fieldError(make.error, 'name')}>
            {(aria) => <TextInput {...aria} value={name} onChange={(e) => setName(e.target.value)} />}
          </Field>
          <Field label="It works for" error={fieldError(make.error, 'expires_at')}>
            {(aria) => (
              <select
                {...aria}
                value={days}
                onChange={(e) => setDays(Number(e.target.value))}
                className="h-(--control) rounded-2 border border-line-control bg-(--field,var(--surface)) px-1.5"
              >
                {lengths.map((l) => (
                  <option key={l.days} value={l.days}>
                    {l.said}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Button kind="primary" type="submit" busy={make.isPending} className="justify-self-start">
            Make a link
          </Button>
          {make.error && !fieldError(make.error, 'name') && <Note tone="down">{sentence(make.error)}</Note>}
          {make.data && (
            <div role="status" className="grid gap-1">
              <p className="text-12 text-text-2">Copy it now; it is not shown again.</p>
              <Command label="The link" text={make.data.url} />
            </div>
          )}
        </form>
      )}
      <Load query={query}>
        {({ data }) =>
          data.length ? (
            <ol className="grid pb-3">
              {data.map((l) => (
                <li key={l.id} className="flex min-h-11 items-center gap-2 border-b border-line-soft last:border-b-0">
                  <span className="min-w-0 flex-1">
                    <b className="font-550">{l.name || 'A link'}</b>
                    <span className="block text-12 text-text-3">
                      {l.created_by.name}, <When at={l.created_at} />
                      {l.expires_at && (
                        <>
                          {l.expired ? ', expired ' : ', until '}
                          <When at={l.expires_at} />
                        </>
                      )}
                    </span>
                  </span>
                  {may && (
                    <Button onClick={() => void remove(l.id)} aria-label={`Delete ${l.name || 'this link'}`}>
                      Delete
                    </Button>
                  )}
                </li>
              ))}
            </ol>
          ) : (
            <p className="pb-3 text-12 text-text-3">No link yet: only the team sees this dashboard.</p>
          )
        }
      </Load>
    </Sheet>
  )
}
