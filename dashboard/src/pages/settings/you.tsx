import { type FormEvent, useState } from 'react'
import type { Profile, ProfileChange } from '../../../../shared/auth/schema.ts'
import { api, fieldError, sentence } from '../../api.ts'
import { followProfile } from '../../prefs.ts'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError, Options, Pick, Select, TextInput, Two } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { offset } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { zones } from './zones.ts'

type Draft = Omit<Profile, 'id'> & { current_password: string }
const schemes = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]
const densities = [
  { value: 'pointer', label: 'By pointer' },
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
]

/** What differs from the saved profile; another e-mail address brings the password with it. */
export function changeOf(saved: Profile, { current_password, ...draft }: Draft): ProfileChange {
  const change = Object.fromEntries(Object.entries(draft).filter(([k, v]) => v !== saved[k as keyof Profile])) as ProfileChange
  return change.email === undefined ? change : { ...change, current_password }
}

export function You({ profile }: { profile: Profile }) {
  const [draft, setDraft] = useState<Draft>({ ...profile, current_password: '' })
  const set = <K extends keyof Draft>(key: K, value: Draft[K]) => setDraft((d) => ({ ...d, [key]: value }))
  const { id: _, ...fields } = draft as Draft & { id?: string }
  const change = changeOf(profile, fields)
  const changed = Object.keys(change).length > 0
  const save = useWrite({
    send: (c: ProfileChange) => api.patch<Profile>('/api/auth/profile', c),
    done: (saved) => {
      followProfile(saved)
      toast('Saved')
    },
    refresh: [['profile'], ['session'], ['members']],
  })
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    if (changed && !save.isPending) save.mutate(change)
  }
  useKeys([{ keys: 'mod+enter', label: 'Save', group: 'This page', run: () => submit() }])
  const error = (path: string) => fieldError(save.error, path)

  return (
    <>
      <form id="you" onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)] gap-3.5 px-3.5 py-3">
        <Two>
          <Field label="Name" error={error('name')}>
            {(aria) => (
              <TextInput {...aria} autoComplete="name" maxLength={120} value={draft.name} onChange={(e) => set('name', e.target.value)} />
            )}
          </Field>
          <Field label="E-mail" aside="pages go here" error={error('email')}>
            {(aria) => (
              <TextInput {...aria} type="email" autoComplete="email" value={draft.email} onChange={(e) => set('email', e.target.value)} />
            )}
          </Field>
        </Two>
        {change.email !== undefined && (
          <Two>
            <Field
              label="Your password"
              help="Another address needs it, because pages and resets go there"
              error={error('current_password')}
            >
              {(aria) => (
                <TextInput
                  {...aria}
                  type="password"
                  autoComplete="current-password"
                  value={draft.current_password}
                  onChange={(e) => set('current_password', e.target.value)}
                />
              )}
            </Field>
          </Two>
        )}
        <Two>
          <Field label="Zone" error={error('timezone')}>
            {(aria) => (
              <Select {...aria} value={draft.timezone} onChange={(e) => set('timezone', e.target.value)}>
                {zones(draft.timezone).map((zone) => (
                  <option key={zone} value={zone}>
                    {zone} ({offset(Date.now(), zone)})
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Options
            legend="Scheme"
            type="radio"
            options={schemes}
            chosen={[draft.theme]}
            onChange={([v]) => set('theme', v as Profile['theme'])}
          />
        </Two>
        <Two>
          <Options
            legend="Density"
            type="radio"
            options={densities}
            chosen={[draft.density]}
            onChange={([v]) => set('density', v as Profile['density'])}
          />
          <div className="pt-4">
            <Pick
              label="Single-letter keys"
              help="off: only ⌘K and Tab"
              checked={draft.shortcuts}
              onChange={(e) => set('shortcuts', e.target.checked)}
            />
          </div>
        </Two>
        {save.error != null && <FieldError>{sentence(save.error)}</FieldError>}
      </form>
      <div className="flex justify-end border-t border-line-soft px-3.5 py-2.5">
        <Button kind="primary" type="submit" form="you" keys="mod+enter" busy={save.isPending} disabled={!changed}>
          Save
        </Button>
      </div>
    </>
  )
}
