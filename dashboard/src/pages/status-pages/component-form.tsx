import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError, Select, TextInput } from '../../ui/field.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { StatusGlyph } from '../../ui/status.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { host } from '../../words.ts'
import type { Component } from './draft.ts'
import { MonitorName } from './monitor-name.tsx'
import { type Item, LOOSE } from './order.ts'
import { useFoundMonitors } from './queries.ts'

type Props = {
  component: Component | null
  section: string
  sections: readonly Item[]
  onClose: () => void
  onSave: (section: string, name: string, monitor: string) => void
}

/** A service as customers call it, and the monitor that measures it. It changes the draft only. */
export function ComponentForm({ component, section, sections, onClose, onSave }: Props) {
  const [name, setName] = useState(component?.name ?? '')
  const [monitor, setMonitor] = useState(component?.monitor ?? '')
  const [into, setInto] = useState(section)
  const [q, setQ] = useState('')
  const [tried, setTried] = useState(false)
  const found = useFoundMonitors(q)
  const list = found.data?.data ?? []
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    setTried(true)
    if (name.trim() && monitor) onSave(into, name.trim(), monitor)
  }
  const choose = (id: string, called: string) => {
    // the name follows the monitor until somebody types one
    if (!name || list.some((m) => m.id === monitor && m.pronounceable_name === name)) setName(called)
    setMonitor(id)
  }
  return (
    <Dialog
      title={component ? `Edit ${component.name}` : 'New component'}
      onClose={onClose}
      dirty={name !== (component?.name ?? '')}
      consequence="Visitors see it after Publish"
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="component" keys="mod+enter">
            {component ? 'Keep' : 'Add'}
          </Button>
        </>
      }
    >
      <SubmitKey label="Keep the component" run={submit} />
      <form id="component" onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
        <fieldset className="min-w-0">
          <legend className="mb-1 text-12 text-text-2">
            {monitor && component?.monitor === monitor ? (
              <>
                Measured by <MonitorName id={monitor} />
              </>
            ) : (
              'Measured by'
            )}
          </legend>
          <TextInput
            type="search"
            aria-label="Find a monitor"
            placeholder="Find by name or address"
            value={q}
            onChange={(e) => setQ(e.target.value)}
          />
          <div className="mt-1.5 max-h-60 overflow-auto">
            {list.map((m) => (
              <label
                key={m.id}
                className="flex min-h-9 items-center gap-2 rounded-2 px-2 hover:bg-hover has-checked:bg-accent-soft pointer-coarse:min-h-11"
              >
                <input
                  type="radio"
                  name="monitor"
                  className="size-4 flex-none accent-accent-solid"
                  checked={monitor === m.id}
                  onChange={() => choose(m.id, m.pronounceable_name)}
                />
                <span className="min-w-0 flex-1 truncate">
                  {m.pronounceable_name} <small className="text-12 text-text-3">{host(m.url)}</small>
                </span>
                <StatusGlyph state={m.status} />
              </label>
            ))}
            {found.data && !list.length && <p className="px-2 py-1.5 text-text-3">No monitor has “{q}” in its name or address.</p>}
          </div>
          {tried && !monitor && <FieldError>Choose the monitor that measures it</FieldError>}
        </fieldset>
        <Field label="Name on the page" error={tried && !name.trim() ? 'What customers call it, for example Checkout' : undefined}>
          {(aria) => <TextInput {...aria} maxLength={255} autoComplete="off" value={name} onChange={(e) => setName(e.target.value)} />}
        </Field>
        {sections.length > 0 && (
          <Field label="Section">
            {(aria) => (
              <Select {...aria} value={into} onChange={(e) => setInto(e.target.value)}>
                {sections.map((s) => (
                  <option key={s.id} value={s.id}>
                    {s.name}
                  </option>
                ))}
                <option value={LOOSE}>none: it stands by itself</option>
              </Select>
            )}
          </Field>
        )}
      </form>
    </Dialog>
  )
}

export function SectionForm({
  name: before,
  isNew,
  onClose,
  onSave,
}: {
  name: string
  isNew: boolean
  onClose: () => void
  onSave: (name: string) => void
}) {
  const [name, setName] = useState(before)
  const [tried, setTried] = useState(false)
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    setTried(true)
    if (name.trim()) onSave(name.trim())
  }
  return (
    <Dialog
      title={isNew ? 'New section' : `Rename ${before}`}
      onClose={onClose}
      consequence="Visitors see it after Publish"
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="section" keys="mod+enter">
            {isNew ? 'Add' : 'Rename'}
          </Button>
        </>
      }
    >
      <SubmitKey label="Keep the section" run={submit} />
      <form id="section" onSubmit={submit} noValidate>
        <Field label="Name" error={tried && !name.trim() ? 'What belongs together, for example Payments' : undefined}>
          {(aria) => (
            <TextInput {...aria} autoFocus maxLength={255} autoComplete="off" value={name} onChange={(e) => setName(e.target.value)} />
          )}
        </Field>
      </form>
    </Dialog>
  )
}
