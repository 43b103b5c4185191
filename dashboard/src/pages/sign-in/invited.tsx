import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type * as z from 'zod'
import type { InvitationSeen } from '../../../../shared/auth/schema.ts'
import { ApiError, api, sentence } from '../../api.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { TextLink } from '../../ui/link.tsx'
import type { Session } from '../../wire.ts'
import { bringZone, CardField, FactCard, FormCard, passwordHelp, passwordWrong } from './card.tsx'
import { useSend } from './use-send.ts'

type Seen = z.infer<typeof InvitationSeen>

/** Join a team: with a new account, or as whoever is signed in here already. The address is the invitation's. */
export function Invited({ invitation, onEnter }: { invitation: string; onEnter: () => void }) {
  const seen = useQuery({
    queryKey: ['invitation', invitation],
    queryFn: () => api.ask<Seen>('/api/auth/invitation', { invitation }),
    retry: false,
    staleTime: Infinity,
  })
  const me = useQuery({
    queryKey: ['invitation', 'me'],
    queryFn: () => api.ask<Session>('/api/auth/session').catch(() => null),
    retry: false,
    staleTime: Infinity,
  }).data
  if (seen.error)
    return (
      <FactCard
        title={
          seen.error instanceof ApiError && seen.error.status === 410
            ? 'This invitation does not work any more'
            : 'The invitation did not load'
        }
        lead={sentence(seen.error)}
      >
        <ButtonLink kind="primary" big wide href="?">
          Sign in
        </ButtonLink>
      </FactCard>
    )
  if (!seen.data)
    return (
      <div
        className="skeleton h-80 w-[min(400px,100%)] rounded-4 border border-line bg-surface"
        role="status"
        aria-label="Reading the invitation"
      />
    )
  if (me?.user.email === seen.data.email) return <JoinAs seen={seen.data} name={me.user.name} invitation={invitation} onEnter={onEnter} />
  return (
    <>
      <Join seen={seen.data} invitation={invitation} onEnter={onEnter} />
      <p className="text-text-2">
        You have an account? <TextLink href={`?invitation=${encodeURIComponent(invitation)}`}>Sign in</TextLink>
      </p>
    </>
  )
}

const Lead = ({ seen }: { seen: Seen }) => (
  <>
    {seen.invited_by} invites you as <b className="font-550 text-text">{seen.role.replace('_', ' ')}</b>: {seen.role_in_words}
    {/[.!?]$/.test(seen.role_in_words) ? '' : '.'}
  </>
)

function Join({ seen, invitation, onEnter }: { seen: Seen; invitation: string; onEnter: () => void }) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [asked, setAsked] = useState(false)
  const { busy, error, run } = useSend(async () => {
    await api.post('/api/auth/sign-up/email', { name: name.trim(), email: seen.email, password, invitation }, { publicly: true })
    await bringZone()
    onEnter()
  })
  const submit = () => {
    setAsked(true)
    if (name.trim() && !passwordWrong(password, true)) void run()
  }
  return (
    <FormCard
      title={`Join ${seen.team}`}
      lead={<Lead seen={seen} />}
      verb={`Join ${seen.team}`}
      busy={busy}
      error={error}
      onSubmit={submit}
    >
      <CardField
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        value={seen.email}
        readOnly
        onChange={() => {}}
        refused={error}
      />
      <CardField
        name="name"
        label="Your name"
        autoComplete="name"
        value={name}
        onChange={setName}
        refused={error}
        wrong={asked && !name.trim() ? 'Write the name others see, such as Noor Vance.' : undefined}
      />
      <CardField
        name="password"
        label="Password"
        type="password"
        autoComplete="new-password"
        help={passwordHelp}
        value={password}
        onChange={setPassword}
        refused={error}
        wrong={passwordWrong(password, asked)}
      />
    </FormCard>
  )
}

function JoinAs({ seen, name, invitation, onEnter }: { seen: Seen; name: string; invitation: string; onEnter: () => void }) {
  const { busy, error, run } = useSend(async () => {
    await api.post('/api/auth/invitations/accept', { invitation }, { publicly: true })
    onEnter()
  })
  return (
    <FactCard title={`Join ${seen.team}`} lead={<Lead seen={seen} />}>
      {error !== null && (
        <p role="alert" className="text-down">
          {sentence(error)}
        </p>
      )}
      <Button kind="primary" big wide busy={busy} onClick={run}>
        Join as {name}
      </Button>
    </FactCard>
  )
}
