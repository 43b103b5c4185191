import { useQueryClient } from '@tanstack/react-query'
import { type ChangeEvent, useState } from 'react'
import { ApiError, api, sentence } from '../../api.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Field, TextArea } from '../../ui/field.tsx'
import { Note } from '../../ui/panel.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { plural } from '../../words.ts'
import type { ImportedBoard } from '../board/wire.ts'

/** Grafana's JSON, or an export of ours, from a file or pasted. What was not understood is said before the board opens. */
export function ImportBoard({ onClose }: { onClose: () => void }) {
  const client = useQueryClient()
  const [data, setData] = useState('')
  const [error, setError] = useState('')
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState<ImportedBoard | null>(null)
  const file = async (e: ChangeEvent<HTMLInputElement>) => {
    const chosen = e.target.files?.[0]
    if (!chosen) return
    if (chosen.size > 900_000) return setError('A dashboard is at most 900 kB.')
    setError('')
    setData(await chosen.text())
  }
  const send = async () => {
    if (busy || done) return
    if (!data.trim()) return setError('Choose a file, or paste the JSON of a dashboard.')
    setBusy(true)
    setError('')
    try {
      const made = await api.post<ImportedBoard>('/api/metrics/dashboards/import', { data })
      void client.invalidateQueries({ queryKey: ['dashboards'] })
      setDone(made)
    } catch (e) {
      setError(e instanceof ApiError && e.errors[0] ? `${e.message} ${e.errors[0].message}` : sentence(e))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Sheet
      title="Import a dashboard"
      onClose={onClose}
      dirty={data !== '' && !done}
      consequence={done ? '' : 'Nothing of Grafana is called; only this JSON is read'}
      buttons={
        done ? (
          <>
            <Button onClick={onClose}>Close</Button>
            <ButtonLink kind="primary" href={`/dashboards/${done.dashboard.id}`}>
              Open {done.dashboard.name}
            </ButtonLink>
          </>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button kind="primary" keys="mod+enter" busy={busy} onClick={send}>
              Import
            </Button>
          </>
        )
      }
    >
      <SubmitKey label="Import" run={send} />
      {done ? (
        <div className="grid gap-3 pb-3">
          <Note tone="up">
            <b>{done.dashboard.name}</b> has {plural(done.dashboard.panels.length, 'panel')} and{' '}
            {plural(done.dashboard.variables.length, 'variable')}.
          </Note>
          {done.not_understood.length > 0 && (
            <section>
              <h3 className="mb-1 font-550">{plural(done.not_understood.length, 'thing')} did not come over</h3>
              <ScrollBox label="What was not understood" className="max-h-96 rounded-2 border border-line-soft">
                <ul className="text-12">
                  {done.not_understood.map((f, i) => (
                    <li key={i} className="border-b border-line-soft px-2.5 py-1.5 last:border-b-0">
                      <code className="font-mono text-text-3">{f.path}</code>
                      <span className="block text-text-2">{f.message}</span>
                    </li>
                  ))}
                </ul>
              </ScrollBox>
            </section>
          )}
        </div>
      ) : (
        <div className="grid gap-3.5 pb-3">
          <Field label="From a file" help="In Grafana: Share, Export, Save to file.">
            {(aria) => (
              <input
                {...aria}
                type="file"
                accept="application/json,.json"
                onChange={(e) => void file(e)}
                className="text-12 file:mr-2 file:h-(--control) file:rounded-2 file:border file:border-line-strong file:bg-surface file:px-2.5 file:text-text"
              />
            )}
          </Field>
          <Field label="or paste the JSON" error={error}>
            {(aria) => <TextArea {...aria} mono rows={16} spellCheck={false} value={data} onChange={(e) => setData(e.target.value)} />}
          </Field>
        </div>
      )}
    </Sheet>
  )
}
