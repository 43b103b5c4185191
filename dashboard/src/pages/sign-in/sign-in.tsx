import { Clock } from 'lucide-react'
import { useState } from 'react'
import { ApiError, api } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Note } from '../../ui/panel.tsx'
import { clock, duration } from '../../words.ts'
import { CardField, emailWrong, FormCard } from './card.tsx'
import { useSend } from './use-send.ts'

type Props = { filled: { email: string; password: string } | null; onEnter: () => Promise<void> }

/** E-mail and password. A wrong pair says how many tries are left; too many say until when. */
export function SignIn({ filled, onEnter }: Props) {
  const zone = useZone()
  const [email, setEmail] = useState(filled?.email ?? '')
  const [password, setPassword] = useState(filled?.password ?? '')
  const [asked, setAsked] = useState(false)
  const [lockedAt, setLockedAt] = useState(0)
  const { busy, error, run, clear } = useSend(async () => {
    try {
      await api.post('/api/auth/sign-in/email', { email: email.trim(), password }, { publicly: true })
    } catch (e) {
      setLockedAt(Date.now())
      throw e
    }
    await onEnter()
  })
  const refused = error instanceof ApiError ? error : null
  const wrong = refused?.status === 401 ? refused.message : undefined
  const wait = refused?.status === 429 ? (refused.retryAfter ?? 60) * 1000 : null
  const submit = () => {
    setAsked(true)
    if (!emailWrong(email, true) && password) void run()
  }
  return (
    <FormCard title="Sign in" verb="Sign in" busy={busy} error={wrong || wait ? null : error} onSubmit={submit}>
      {wait !== null && (
        <div role="alert" className="grid gap-2">
          <Note tone="warn" icon={<Icon of={Clock} />}>
            <b>Too many tries.</b> Sign-in opens again at {clock(lockedAt + wait, zone, false)} {zone}, in{' '}
            {duration(wait).replace('.0 s', ' s')}. Resetting the password works now.
          </Note>
          <ButtonLink big wide href="?state=reset">
            Reset the password
          </ButtonLink>
        </div>
      )}
      <CardField
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        value={email}
        onChange={(v) => {
          setEmail(v)
          clear()
        }}
        wrong={emailWrong(email, asked)}
      />
      <CardField
        name="password"
        label="Password"
        aside={<TextLink href="?state=reset">Forgot it?</TextLink>}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(v) => {
          setPassword(v)
          clear()
        }}
        wrong={wrong ?? (asked && !password ? 'Write your password.' : undefined)}
      />
    </FormCard>
  )
}
