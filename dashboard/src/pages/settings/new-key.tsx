import { type FormEvent, useState } from 'react'
import type * as z from 'zod'
import type { ApiKeyInput, ApiKeyMade } from '../../../../shared/auth/schema.ts'
import { api, fieldError, sentence } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { useMe } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError, Select, TextInput, Two } from '../../ui/field.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { useNow } from '../../ui/time.tsx'
import { day } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { Once } from './once.tsx'
import { expiry, has, lifetimes, nouns, type Scope, toggle } from './scopes.ts'

type Made = z.infer<typeof ApiKeyMade>

/** A form, then the key itself: shown this once, so closing is a button and nothing else. */
export function NewKey({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<Made | null>(null)
  return made ? <Shown made={made} onClose={onClose} /> : <KeyForm onMade={setMade} onClose={onClose} />
}

function KeyForm({ onMade, onClose }: { onMade: (made: Made) => void; onClose: () => void }) {
  const { may } = useMe()
  const zone = useZone()
  const now = useNow(60_000)
  const [name, setName] = useState('')
  const [days, setDays] = useState('90')
  const [scopes, setScopes] = useState<Scope[]>([])
  const [tried, setTried] = useState(false)
  const create = useWrite({
    send: (input: Pick<ApiKeyInput, 'name' | 'scopes' | 'expires_at'>) => api.post<Made>('/api/auth/api-keys', input),
    done: onMade,
    refresh: [['api-keys']],
  })
  const nameError = tried && !name.trim() ? 'A key needs a name, for example Deploy script' : fieldError(create.error, 'name')
  const scopeError = tried && !scopes.length ? 'Choose at least one thing this key may do' : fieldError(create.error, 'scopes')
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    setTried(true)
    if (name.trim() && scopes.length && !create.isPending)
      create.mutate({ name: name.trim(), scopes, expires_at: expiry(days, Date.now()) })
  }
  return (
    <Dialog
      title="New API key"
      onClose={onClose}
      dirty={Boolean(name || scopes.length)}
      consequence={create.error != null ? <span role="alert">{sentence(create.error)}</span> : 'Never more than you may yourself'}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="new-key" keys="mod+enter" busy={create.isPending}>
            Create key
          </Button>
        </>
      }
    >
      <SubmitKey label="Create the key" run={submit} />
      <form id="new-key" onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
        <Two>
          <Field label="Name" error={nameError}>
            {(aria) => (
              <TextInput {...aria} autoFocus maxLength={120} autoComplete="off" value={name} onChange={(e) => setName(e.target.value)} />
            )}
          </Field>
          <Field label="Expires" error={fieldError(create.error, 'expires_at')}>
            {(aria) => (
              <Select {...aria} value={days} onChange={(e) => setDays(e.target.value)}>
                {lifetimes.map(([value, words]) => (
                  <option key={value} value={value}>
                    {value ? `${words}, ${day(now + Number(value) * 86_400_000, zone, now)}` : words}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </Two>
        <fieldset className="min-w-0" aria-describedby={scopeError ? 'scope-error' : undefined}>
          <legend className="mb-1 text-12 text-text-2">May</legend>
          <div className="overflow-hidden rounded-2 border border-line">
            <table className="w-full border-collapse">
              <thead>
                <tr className="text-12 text-text-3 [&>th]:h-8 [&>th]:border-b [&>th]:border-line-soft">
                  <th className="pl-3.5">Noun</th>
                  <th className="w-19 text-center phone:w-15">Read</th>
                  <th className="w-19 text-center phone:w-15">Write</th>
                </tr>
              </thead>
              <tbody>
                {nouns.map(([noun, words]) => (
                  <tr
                    key={noun}
                    className="[&>td]:h-8 [&>td]:border-b [&>td]:border-line-soft last:[&>td]:border-b-0 pointer-coarse:[&>td]:h-11"
                  >
                    <td className="pl-3.5">
                      {words} <span className="font-mono text-12 text-text-3">{noun}</span>
                    </td>
                    {(['read', 'write'] as const).map((what) => (
                      <td key={what} className="text-center">
                        <input
                          type="checkbox"
                          aria-label={`${words}, ${what}`}
                          className="m-0 size-4 align-middle accent-accent-solid"
                          checked={has(scopes, noun, what)}
                          disabled={!may(`${noun}:${what}`)}
                          onChange={() => setScopes(toggle(scopes, noun, what))}
                        />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {scopeError && (
            <div className="mt-1">
              <FieldError id="scope-error">{scopeError}</FieldError>
            </div>
          )}
        </fieldset>
      </form>
    </Dialog>
  )
}

function Shown({ made, onClose }: { made: Made; onClose: () => void }) {
  const zone = useZone()
  const now = useNow(60_000)
  return (
    <Once
      title="Copy the key now"
      about="It is shown this once. We keep only its hash; lost means revoke it and make another."
      secret={made.key ?? ''}
      facts={[
        ['Name', made.name],
        [
          'May',
          <span key="may" className="font-mono">
            {made.scopes.join(' ')}
          </span>,
        ],
        ['Expires', made.expires_at ? day(Date.parse(made.expires_at), zone, now) : 'never'],
      ]}
      onClose={onClose}
    />
  )
}
