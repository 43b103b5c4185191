import { Mail } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Invitation } from '../../../../shared/auth/schema.ts'
import { ApiError, api, sentence } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { useMe } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Select, TextInput } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Load } from '../../ui/state.tsx'
import { useNow } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { ago, and, day, plural } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { type Role, useInvitations, useRoles } from './queries.ts'

/** Addresses, whatever separates them; each once. */
export const addressesOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\s,;]+/)
      .map((a) => a.trim().toLowerCase())
      .filter(Boolean),
  ),
]

type Refused = { email: string; why: string }

/** Invite by e-mail, and the invitations that wait. Addresses that were refused stay in the field with the reason. */
export function Invite() {
  const invitations = useInvitations()
  const roles = useRoles()
  const [typed, setTyped] = useState('')
  const [role, setRole] = useState<Role>('responder')
  const [error, setError] = useState<string>()
  const send = useWrite({
    send: (emails: string[]) => inviteAll(emails, role),
    done: ({ sent, refused }) => {
      if (sent.length) toast(`${sent.length === 1 ? 'Invitation' : plural(sent.length, 'invitation')} sent to ${and(sent)}`)
      setTyped(refused.map((r) => r.email).join(', '))
      setError(refused.map((r) => `${r.email}: ${r.why}`).join(' ') || undefined)
    },
    refresh: [['invitations']],
  })
  if (!useMe().may('auth:write')) return null

  const onSubmit = (e: FormEvent) => {
    e.preventDefault()
    const emails = addressesOf(typed)
    const wrong = emails.find((a) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(a))
    if (!emails.length || wrong)
      return setError(wrong ? `${wrong} is no address. One such as noor@kestrel.example passes.` : 'Write at least one address.')
    setError(undefined)
    send.mutate(emails)
  }

  return (
    <Panel title="Invite" sub="by e-mail, the link works for 7 d">
      <form
        onSubmit={onSubmit}
        noValidate
        className="grid grid-cols-[minmax(0,1fr)_170px_auto] items-start gap-2 px-3.5 py-3 phone:grid-cols-[minmax(0,1fr)]"
      >
        <Field label="E-mail, several with commas" error={error ?? (send.error != null && sentence(send.error))}>
          {(aria) => (
            <TextInput
              {...aria}
              type="text"
              inputMode="email"
              autoComplete="off"
              placeholder="noor@kestrel.example"
              value={typed}
              onChange={(e) => setTyped(e.target.value)}
            />
          )}
        </Field>
        <Field label="Role">
          {(aria) => (
            <Select {...aria} value={role} onChange={(e) => setRole(e.target.value as Role)}>
              {(roles.data ?? []).map((r) => (
                <option key={r.role} value={r.role}>
                  {r.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button kind="primary" type="submit" busy={send.isPending} className="mt-5 phone:mt-1">
          Send invitation
        </Button>
      </form>
      <Load query={invitations} skeleton={null}>
        {(list) => (list.length > 0 ? <Waiting list={list} /> : null)}
      </Load>
    </Panel>
  )
}

function Waiting({ list }: { list: readonly Invitation[] }) {
  const roles = useRoles()
  const zone = useZone()
  const now = useNow(60_000)
  const again = useWrite({
    send: (i: Invitation) => api.post('/api/auth/invitations', { email: i.email, role: i.role }),
    done: (_, i) => toast(`Invitation sent again to ${i.email}`),
    refresh: [['invitations']],
  })
  const withdraw = useWrite({
    send: (i: Invitation) => api.delete(`/api/auth/invitations/${i.id}`),
    atOnce: (i, put) => put<Invitation[]>(['invitations'], (all) => all.filter((o) => o.id !== i.id)),
    done: (_, i) => toast(`The link sent to ${i.email} no longer works`),
    refresh: [['invitations']],
  })
  const failed = again.error ?? withdraw.error
  return (
    <>
      {failed != null && (
        <p role="alert" className="px-3.5 pb-2 text-12 text-down">
          {sentence(failed)}
        </p>
      )}
      <ul className="border-t border-line-soft">
        {list.map((i) => (
          <li key={i.id} className="flex flex-wrap items-center gap-2 border-b border-line-soft px-3.5 py-[9px] last:border-b-0">
            <Icon of={Mail} className="text-idle" />
            <span className="min-w-[180px] flex-1 [overflow-wrap:anywhere]">
              <span className="font-550">{i.email}</span>{' '}
              <span className="text-text-3">
                {roles.data?.find((r) => r.role === i.role)?.name ?? i.role}, sent {ago(Date.parse(i.created_at), now)} by{' '}
                {i.invited_by.name}, until {day(Date.parse(i.expires_at), zone, now)}
              </span>
            </span>
            <Button kind="ghost" busy={again.isPending && again.variables?.id === i.id} onClick={() => again.mutate(i)}>
              Send again<span className="sr-only"> to {i.email}</span>
            </Button>
            <Button kind="ghost" onClick={() => withdraw.mutate(i)}>
              Withdraw<span className="sr-only"> the invitation of {i.email}</span>
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** One after the other: a refused address stops none of the others. An outage stops all. */
async function inviteAll(emails: string[], role: Role): Promise<{ sent: string[]; refused: Refused[] }> {
  const sent: string[] = []
  const refused: Refused[] = []
  for (const email of emails) {
    try {
      await api.post('/api/auth/invitations', { email, role })
      sent.push(email)
    } catch (e) {
      if (!(e instanceof ApiError) || e.status === 0 || e.status >= 500) throw e
      refused.push({ email, why: e.errors[0]?.message ?? e.message })
    }
  }
  return { sent, refused }
}
