import { type FormEvent, useState } from 'react'
import { api, fieldError, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError, Select, TextInput } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { offset } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { zones } from '../settings/zones.ts'
import type { StatusPage } from './queries.ts'

type Change = Partial<Pick<StatusPage, 'name' | 'logo_url' | 'timezone' | 'subdomain' | 'custom_domain' | 'published'>>

/** Saves attributes of a page; Undo puts the old ones back. */
export function useChangePage(page: StatusPage) {
  const put = (change: Change) => api.patch<StatusPage>(`/api/status-pages/${page.id}`, change)
  const refresh = [['status-page', page.id], ['status-pages']]
  const back = useWrite({ send: put, done: () => toast('The page is as it was'), refresh })
  return useWrite({
    send: put,
    done: (_, change: Change) => {
      const before = Object.fromEntries(Object.keys(change).map((k) => [k, page[k as keyof StatusPage]])) as Change
      toast('Saved, and public', { undo: () => back.mutate(before) })
    },
    refresh,
  })
}

/** Name, logo, zone: public as soon as they are saved. */
export function Look({ page, mayWrite }: { page: StatusPage; mayWrite: boolean }) {
  const [name, setName] = useState(page.name)
  const [logo, setLogo] = useState(page.logo_url ?? '')
  const [zone, setZone] = useState(page.timezone)
  const save = useChangePage(page)
  const change: Change = {
    ...(name.trim() !== page.name ? { name: name.trim() } : {}),
    ...(logo.trim() !== (page.logo_url ?? '') ? { logo_url: logo.trim() || null } : {}),
    ...(zone !== page.timezone ? { timezone: zone } : {}),
  }
  const changed = Object.keys(change).length > 0
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    if (mayWrite && changed && name.trim() && !save.isPending) save.mutate(change)
  }
  useKeys([{ keys: 'mod+enter', label: 'Save', group: 'This page', run: () => submit() }])
  return (
    <>
      <form id="look" onSubmit={submit} noValidate className="p-3.5">
        <fieldset disabled={!mayWrite} className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
          <Field label="Name" error={!name.trim() ? 'A page needs a name' : fieldError(save.error, 'name')}>
            {(aria) => <TextInput {...aria} maxLength={255} value={name} onChange={(e) => setName(e.target.value)} />}
          </Field>
          <Field
            label="Logo"
            aside="optional"
            help="An https address of an image, shown 32 px high beside the name"
            error={fieldError(save.error, 'logo_url')}
          >
            {(aria) => (
              <TextInput
                {...aria}
                type="url"
                inputMode="url"
                mono
                placeholder="https://kestrel.example/logo.svg"
                maxLength={2048}
                value={logo}
                onChange={(e) => setLogo(e.target.value)}
              />
            )}
          </Field>
          <Field label="Zone" help="Times on the page; visitors can choose their own" error={fieldError(save.error, 'timezone')}>
            {(aria) => (
              <Select {...aria} value={zone} onChange={(e) => setZone(e.target.value)}>
                {zones(page.timezone).map((z) => (
                  <option key={z} value={z}>
                    {z} ({offset(Date.now(), z)})
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {save.error != null && <FieldError>{sentence(save.error)}</FieldError>}
        </fieldset>
      </form>
      {mayWrite && <SaveBar form="look" busy={save.isPending} disabled={!changed} />}
    </>
  )
}

export const SaveBar = ({ form, busy, disabled }: { form: string; busy: boolean; disabled: boolean }) => (
  <div className="flex items-center justify-end gap-2 border-t border-line-soft px-3.5 py-2.5">
    <span className="mr-auto text-12 text-text-3">Public as soon as it is saved</span>
    <Button kind="primary" type="submit" form={form} keys="mod+enter" busy={busy} disabled={disabled}>
      Save
    </Button>
  </div>
)
