import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, api, sentence } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { monitorQuery } from '../../queries.ts'
import { Button } from '../../ui/button.tsx'
import { Note } from '../../ui/panel.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Load } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import type { Monitor } from '../../wire.ts'
import { plural } from '../../words.ts'
import { changeOf, cloneOf, type Draft, draftOf, type Errors, fieldOf, findings, inputOf } from './draft.ts'
import { Fields } from './form-fields.tsx'

/** The side sheet of a new monitor (`id` null, perhaps `like` another) or of one that is edited. */
export function MonitorForm({ id, like, onClose }: { id: string | null; like?: Monitor; onClose: () => void }) {
  return id === null ? <Form monitor={null} like={like} onClose={onClose} /> : <Edit id={id} onClose={onClose} />
}

function Edit({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(monitorQuery(id))
  if (query.data) return <Form monitor={query.data} onClose={onClose} />
  return (
    <Sheet title="Edit monitor" onClose={onClose} buttons={<Button onClick={onClose}>Cancel</Button>}>
      <Load query={query}>{() => null}</Load>
    </Sheet>
  )
}

function Form({ monitor, like, onClose }: { monitor: Monitor | null; like?: Monitor | undefined; onClose: () => void }) {
  const client = useQueryClient()
  const zone = useZone()
  const [before] = useState(() => (like ? cloneOf(like, zone) : draftOf(monitor, zone)))
  const [draft, setDraft] = useState(before)
  const [touched, setTouched] = useState<ReadonlySet<keyof Draft>>(new Set())
  const [tried, setTried] = useState(false)
  const [refused, setRefused] = useState<{ errors: Errors; more: string | null }>({ errors: {}, more: null })
  const [busy, setBusy] = useState(false)

  const change = (patch: Partial<Draft>) => {
    setDraft((d) => ({ ...d, ...patch }))
    setRefused((r) => ({ errors: Object.fromEntries(Object.entries(r.errors).filter(([k]) => !(k in patch))), more: null }))
  }
  const wrong = findings(draft)
  const shown: Errors = {
    ...Object.fromEntries(Object.entries(wrong).filter(([k]) => tried || touched.has(k as keyof Draft))),
    ...refused.errors,
  }
  const toCorrect = Object.keys(shown).length

  const save = async () => {
    setTried(true)
    if (Object.keys(wrong).length || busy) return
    setBusy(true)
    try {
      const saved = monitor
        ? await api.patch<Monitor>(`/api/uptime/monitors/${monitor.id}`, changeOf(before, draft))
        : await api.post<Monitor>('/api/uptime/monitors', inputOf(draft))
      client.setQueryData(['monitor', saved.id], saved)
      void client.invalidateQueries({ queryKey: ['monitors'] })
      toast(monitor ? `Saved ${saved.name}` : `Created ${saved.name}`, { view: `/monitors/${saved.id}` })
      onClose()
    } catch (e) {
      const errors: Errors = {}
      for (const { path, message } of e instanceof ApiError ? e.errors : []) {
        const field = fieldOf[path.split('.')[0]!]
        if (field) errors[field] ??= message
      }
      setRefused({ errors, more: Object.keys(errors).length ? null : sentence(e) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Sheet
      title={monitor ? `Edit ${monitor.name}` : 'New monitor'}
      onClose={onClose}
      dirty={JSON.stringify(draft) !== JSON.stringify(before)}
      consequence={
        toCorrect ? (
          <span role="alert" className="text-down">
            {plural(toCorrect, 'thing')} to correct above
          </span>
        ) : monitor ? (
          'Applies from the next check on'
        ) : (
          'First check within 1 s of saving'
        )
      }
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" keys="mod+enter" busy={busy} onClick={save}>
            {monitor ? 'Save' : 'Create monitor'}
          </Button>
        </>
      }
    >
      <SaveKey save={save} />
      <form
        noValidate
        onSubmit={(e) => {
          e.preventDefault()
          void save()
        }}
      >
        {refused.more && (
          <div className="mb-3.5" role="alert">
            <Note tone="down">{refused.more}</Note>
          </div>
        )}
        <Fields
          draft={draft}
          errors={shown}
          change={change}
          onLeave={(field) => setTouched((t) => new Set(t).add(field))}
          isNew={!monitor}
        />
        {/* Enter in a field saves, as in every form */}
        <button type="submit" hidden tabIndex={-1} />
      </form>
    </Sheet>
  )
}

/** Inside the sheet's layer, where its shortcuts live. */
function SaveKey({ save }: { save: () => void }) {
  useKeys([{ keys: 'mod+enter', label: 'Save', group: 'This form', run: save }])
  return null
}
