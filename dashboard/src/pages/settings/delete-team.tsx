import { useState } from 'react'
import { api, sentence } from '../../api.ts'
import { useMe } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Dialog } from '../../ui/sheet.tsx'

/** The end of a team. Only admins see it; the name has to be typed, because nothing of it comes back. */
export function DeleteTeam() {
  const { team } = useMe()
  const [asking, setAsking] = useState(false)
  return (
    <Panel title="Delete this team">
      <div className="grid gap-2.5 px-3.5 py-3">
        <p className="text-12 leading-[18px] text-text-2">
          Everything {team.name} has: monitors, incidents, status pages, logs, metrics. Checks, paging and keys end within a minute, the
          rest leaves every store within the hour. Members keep their accounts.
        </p>
        <Button className="justify-self-start" onClick={() => setAsking(true)}>
          Delete the team
        </Button>
      </div>
      {asking && <Ask name={team.name} onClose={() => setAsking(false)} />}
    </Panel>
  )
}

function Ask({ name, onClose }: { name: string; onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const remove = async () => {
    setBusy(true)
    try {
      await api.delete(`/api/auth/team?confirm=${encodeURIComponent(typed)}`)
      location.assign('/')
    } catch (e) {
      setError(sentence(e))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Delete the team ${name}?`}
      onClose={onClose}
      consequence={
        error && (
          <span role="alert" className="text-down">
            {error}
          </span>
        )
      }
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" busy={busy} disabled={typed !== name} onClick={remove}>
            Delete team
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p className="text-text-2">Nobody can bring anything of it back, neither you nor we. Its status pages answer 404 at once.</p>
        <Field label="Name of the team" help={`Type ${name} to go on`}>
          {(aria) => <TextInput {...aria} autoComplete="off" value={typed} onChange={(e) => setTyped(e.target.value)} />}
        </Field>
      </div>
    </Dialog>
  )
}
