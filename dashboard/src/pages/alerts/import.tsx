import { useQueryClient } from '@tanstack/react-query'
import { type ChangeEvent, useState } from 'react'
import { ApiError, api, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextArea, TextInput } from '../../ui/field.tsx'
import { Note } from '../../ui/panel.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { toast } from '../../ui/toast.tsx'
import { plural } from '../../words.ts'

type Imported = { groups: number; alerts: number; recording_rules: number; not_understood: { path: string; message: string }[] }

/** A Prometheus rule file. The same file again replaces what it brought before; alerts of the same name keep their state. */
export function ImportRules({ onClose }: { onClose: () => void }) {
  const client = useQueryClient()
  const [rules, setRules] = useState('')
  const [file, setFile] = useState('rules.yml')
  const [errors, setErrors] = useState<readonly { path: string; message: string }[]>([])
  const [more, setMore] = useState('')
  const [busy, setBusy] = useState(false)
  const choose = async (e: ChangeEvent<HTMLInputElement>) => {
    const chosen = e.target.files?.[0]
    if (!chosen) return
    setFile(chosen.name.slice(0, 200))
    setRules(await chosen.text())
  }
  const send = async () => {
    if (busy) return
    setBusy(true)
    setErrors([])
    setMore('')
    try {
      const made = await api.post<Imported>('/api/metrics/rules/import', { rules, file })
      void client.invalidateQueries({ queryKey: ['alerts'] })
      toast(
        `Imported ${plural(made.alerts, 'alert')} and ${plural(made.recording_rules, 'recording rule')}${made.not_understood.length ? `; ${plural(made.not_understood.length, 'template')} in part` : ''}`,
      )
      onClose()
    } catch (e) {
      if (e instanceof ApiError && e.errors.length) setErrors(e.errors)
      setMore(sentence(e))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Sheet
      title="Import rules"
      onClose={onClose}
      dirty={rules !== ''}
      consequence="Groups of the same file are replaced"
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" keys="mod+enter" busy={busy} onClick={send}>
            Import
          </Button>
        </>
      }
    >
      <SubmitKey label="Import" run={send} />
      <div className="grid gap-3.5 pb-3">
        {more && (
          <div role="alert">
            <Note tone="down">
              {more}
              {errors.length > 0 && (
                <ul className="mt-1">
                  {errors.slice(0, 12).map((e) => (
                    <li key={`${e.path} ${e.message}`}>
                      <code className="font-mono">{e.path}</code> {e.message}
                    </li>
                  ))}
                </ul>
              )}
            </Note>
          </div>
        )}
        <Field label="From a file">
          {(aria) => (
            <input
              {...aria}
              type="file"
              accept=".yml,.yaml"
              onChange={(e) => void choose(e)}
              className="text-12 file:mr-2 file:h-(--control) file:rounded-2 file:border file:border-line-strong file:bg-surface file:px-2.5 file:text-text"
            />
          )}
        </Field>
        <Field label="Name of the file" help="Importing this name again replaces its groups.">
          {(aria) => <TextInput {...aria} mono value={file} onChange={(e) => setFile(e.target.value)} />}
        </Field>
        <Field label="Rules" help="groups: [{name, interval, rules}], as Prometheus reads it.">
          {(aria) => <TextArea {...aria} mono rows={18} spellCheck={false} value={rules} onChange={(e) => setRules(e.target.value)} />}
        </Field>
      </div>
    </Sheet>
  )
}
