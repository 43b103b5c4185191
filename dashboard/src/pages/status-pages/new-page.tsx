import { type FormEvent, useState } from 'react'
import { api, fieldError, sentence } from '../../api.ts'
import { usePrefs, zoneOf } from '../../prefs.ts'
import { useMe } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError, Pick, TextInput } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { toast } from '../../ui/toast.tsx'
import type { Monitor } from '../../wire.ts'
import { plural } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { type StatusPage, useFoundMonitors } from './queries.ts'

/** "Kestrel Pay" → "kestrel-pay": what an address may hold. */
export const subdomainOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63)

/** Name, address, what it shows. Published only when somebody says so. */
export function NewPage({ onClose, onDone }: { onClose: () => void; onDone: (page: StatusPage) => void }) {
  const { team } = useMe()
  const zone = zoneOf(usePrefs())
  const [name, setName] = useState(team.name)
  const [subdomain, setSubdomain] = useState<string | null>(null)
  const [published, setPublished] = useState(false)
  const [q, setQ] = useState('')
  const [chosen, setChosen] = useState<Monitor[] | null>(null)
  const found = useFoundMonitors(q)
  const first = useFoundMonitors('')
  // until somebody chooses, the page shows what there is
  const shown = chosen ?? first.data?.data ?? []
  const address = subdomain ?? subdomainOf(name)
  const make = useWrite({
    send: async () => {
      const page = await api.post<StatusPage>('/api/status-pages', { name: name.trim(), subdomain: address, timezone: zone, published })
      // the page stands; a component that is refused can be added in its editor
      for (const m of shown)
        await api
          .post(`/api/status-pages/${page.id}/resources`, {
            resource_type: 'monitor',
            resource_id: m.id,
            public_name: m.pronounceable_name,
          })
          .catch(() => {})
      return page
    },
    done: (page) => {
      toast(`Status page ${page.name} made`)
      onDone(page)
    },
    refresh: [['status-pages']],
  })
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    if (name.trim() && !make.isPending) make.mutate(undefined)
  }
  const toggle = (m: Monitor) => setChosen(shown.some((s) => s.id === m.id) ? shown.filter((s) => s.id !== m.id) : [...shown, m])
  const options = [...shown, ...(found.data?.data ?? []).filter((m) => !shown.some((s) => s.id === m.id))]

  return (
    <Sheet
      title="New status page"
      onClose={onClose}
      dirty={subdomain !== null || chosen !== null || name !== team.name}
      consequence={published ? 'Everybody can read it at once' : 'Nobody sees it until you publish it'}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="new-page" keys="mod+enter" busy={make.isPending}>
            Create page
          </Button>
        </>
      }
    >
      <SubmitKey label="Create the page" run={submit} />
      <form id="new-page" onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
        <Field
          label="Name"
          help="What visitors read at the top"
          error={!name.trim() ? 'A page needs a name' : fieldError(make.error, 'name')}
        >
          {(aria) => <TextInput {...aria} big maxLength={255} autoComplete="off" value={name} onChange={(e) => setName(e.target.value)} />}
        </Field>
        <Field
          label="Address"
          help={`${location.origin}/s/${address || '…'}/ here; your own domain can be added later`}
          error={fieldError(make.error, 'subdomain')}
        >
          {(aria) => (
            <TextInput
              {...aria}
              mono
              spellCheck={false}
              autoCapitalize="none"
              autoComplete="off"
              value={address}
              onChange={(e) => setSubdomain(e.target.value)}
            />
          )}
        </Field>
        <fieldset>
          <legend className="mb-1 text-12 text-text-2">Shows {plural(shown.length, 'monitor')}</legend>
          <TextInput
            type="search"
            aria-label="Find monitors"
            placeholder="Find by name or address"
            value={q}
            onChange={(e) => setQ(e.target.value)}
          />
          <div className="mt-1.5">
            {options.map((m) => (
              <Pick key={m.id} label={m.pronounceable_name} checked={shown.some((s) => s.id === m.id)} onChange={() => toggle(m)} />
            ))}
          </div>
        </fieldset>
        <Pick
          label="Publish now"
          help="Off: only your team sees the preview"
          checked={published}
          onChange={(e) => setPublished(e.target.checked)}
        />
        {make.error != null && <FieldError>{sentence(make.error)}</FieldError>}
      </form>
    </Sheet>
  )
}
