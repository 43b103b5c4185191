import { useState } from 'react'
import { api } from '../../api.ts'
import { bringZone, CardField, emailWrong, FormCard, passwordHelp, passwordWrong } from './card.tsx'
import { useSend } from './use-send.ts'

/** A new account with a team of its own. */
export function SignUp({ onEnter }: { onEnter: () => void }) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [team, setTeam] = useState('')
  const [asked, setAsked] = useState(false)
  const { busy, error, run } = useSend(async () => {
    await api.post('/api/auth/sign-up/email', { name: name.trim(), email: email.trim(), password, team: team.trim() }, { publicly: true })
    await bringZone()
    onEnter()
  })
  const nameWrong = asked && !name.trim() ? 'Write the name others see, such as Ines Okafor.' : undefined
  const teamWrong = asked && !team.trim() ? 'Write a name for your team, such as Kestrel Pay.' : undefined
  const submit = () => {
    setAsked(true)
    if (name.trim() && team.trim() && !emailWrong(email, true) && !passwordWrong(password, true)) void run()
  }
  return (
    <FormCard
      title="Create an account"
      lead="You start a team of your own. Others join it by invitation."
      verb="Create account"
      busy={busy}
      error={error}
      onSubmit={submit}
    >
      <CardField name="name" label="Your name" autoComplete="name" value={name} onChange={setName} refused={error} wrong={nameWrong} />
      <CardField
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        help="Pages go here."
        value={email}
        onChange={setEmail}
        refused={error}
        wrong={emailWrong(email, asked)}
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
      <CardField
        name="team"
        label="Team"
        autoComplete="organization"
        placeholder="Kestrel Pay"
        value={team}
        onChange={setTeam}
        refused={error}
        wrong={teamWrong}
      />
    </FormCard>
  )
}
