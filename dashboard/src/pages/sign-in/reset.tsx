import { useState } from 'react'
import { ApiError, api } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { clock } from '../../words.ts'
import { CardField, emailWrong, FactCard, FormCard, passwordHelp, passwordWrong } from './card.tsx'
import { useSend } from './use-send.ts'

/** Asks for a link (`token` null), or sets the new password that a link allows. */
export const Reset = ({ token, onEnter }: { token: string | null; onEnter: () => void }) =>
  token === null ? <AskForLink /> : <NewPassword token={token} onEnter={onEnter} />

/** The answer is the same whether the account exists or not. */
function AskForLink() {
  const zone = useZone()
  const [email, setEmail] = useState('')
  const [asked, setAsked] = useState(false)
  const [until, setUntil] = useState<string | null>(null)
  const { busy, error, run, setBusy } = useSend(async () => {
    const { expires_at } = await api.post<{ expires_at: string }>(
      '/api/auth/request-password-reset',
      { email: email.trim() },
      { publicly: true },
    )
    setUntil(expires_at)
    setBusy(false)
  })
  if (until)
    return (
      <FactCard
        title="Look in your mailbox"
        lead={`If ${email.trim()} has an account, a link is on its way. It works once, until ${clock(Date.parse(until), zone, false)} ${zone}.`}
      >
        <p className="text-12 text-text-3">
          Nothing there after 2 m? Look in the junk folder, or{' '}
          <button
            type="button"
            className="text-accent underline decoration-accent-line underline-offset-3 hover:decoration-current"
            onClick={() => setUntil(null)}
          >
            send it again
          </button>
          .
        </p>
      </FactCard>
    )
  const submit = () => {
    setAsked(true)
    if (!emailWrong(email, true)) void run()
  }
  return (
    <FormCard
      title="Reset the password"
      lead="We send a link that works once, for 60 minutes."
      verb="Send the link"
      busy={busy}
      error={error}
      onSubmit={submit}
    >
      <CardField
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        refused={error}
        wrong={emailWrong(email, asked)}
      />
    </FormCard>
  )
}

function NewPassword({ token, onEnter }: { token: string; onEnter: () => void }) {
  const [password, setPassword] = useState('')
  const [asked, setAsked] = useState(false)
  const { busy, error, run } = useSend(async () => {
    await api.post('/api/auth/reset-password', { token, new_password: password }, { publicly: true })
    onEnter()
  })
  if (!token || (error instanceof ApiError && error.status === 410))
    return (
      <FactCard title="This link was used or is too old" lead="A reset link works once, for 60 minutes.">
        <ButtonLink kind="primary" big wide href="?state=reset">
          Send a new one
        </ButtonLink>
      </FactCard>
    )
  const submit = () => {
    setAsked(true)
    if (!passwordWrong(password, true)) void run()
  }
  return (
    <FormCard
      title="Choose a new password"
      lead="All other devices are signed out."
      verb="Save and sign in"
      busy={busy}
      error={error}
      onSubmit={submit}
    >
      <CardField
        name="new_password"
        label="New password"
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
