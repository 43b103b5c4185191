import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { Load } from '../../ui/state.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { toast } from '../../ui/toast.tsx'
import type { Incident, IncidentDetail } from '../../wire.ts'
import { and, plural } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { useMembers } from '../settings/queries.ts'
import { label } from './actions.ts'
import { incidentQuery } from './queries.ts'

/** Page the policy's next step now, one person, or everybody. Asks first: a page cannot be taken back. */
export function Escalate({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const detail = useQuery(incidentQuery(incident.id))
  return (
    <Load query={detail} skeleton={null}>
      {(i) => <Form incident={i} onClose={onClose} />}
    </Load>
  )
}

function Form({ incident, onClose }: { incident: IncidentDetail; onClose: () => void }) {
  const members = useMembers()
  const next = incident.next[0]
  const [to, setTo] = useState<string | null>(null)
  const chosen = to ?? (next ? 'next' : 'team')
  const team = members.data?.length ?? 0
  const whom =
    chosen === 'next'
      ? and(next?.who ?? [])
      : chosen === 'team'
        ? 'the whole team'
        : (members.data?.find((m) => m.user_id === chosen)?.name ?? '')
  const page = useWrite({
    send: () =>
      api.post(
        `/api/incidents/${incident.id}/escalate`,
        chosen === 'next' ? {} : { target: chosen === 'team' ? { type: 'team' } : { type: 'user', id: chosen } },
      ),
    done: () => {
      toast(`${label(incident)}: ${whom} paged`)
      onClose()
    },
    refresh: [['incidents'], ['incident']],
  })
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    if (!page.isPending) page.mutate(undefined)
  }
  const choices = [
    ...(next
      ? [
          {
            value: 'next',
            name: `Next step: ${and(next.who)}`,
            help: `step ${next.step} of ${incident.policy_name}, and its clock goes on from there`,
          },
        ]
      : []),
    ...(members.data ?? []).map((m) => ({
      value: m.user_id,
      name: m.name,
      help: incident.responder_id === m.user_id ? 'paged last, or has it' : undefined,
    })),
    { value: 'team', name: 'The whole team', help: `${plural(team, 'person', 'people')} at once` },
  ]
  return (
    <Dialog
      title={`Who should come to ${label(incident)}?`}
      onClose={onClose}
      consequence={`Pages ${whom} by e-mail now`}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="escalate" keys="mod+enter" busy={page.isPending}>
            Escalate
          </Button>
        </>
      }
    >
      <SubmitKey label="Escalate" run={submit} />
      <form id="escalate" onSubmit={submit}>
        <fieldset>
          <legend className="sr-only">Whom to page</legend>
          {choices.map((c) => (
            <label
              key={c.value}
              className="flex min-h-9 items-start gap-2 rounded-2 px-2 py-1.5 hover:bg-hover has-checked:bg-accent-soft pointer-coarse:min-h-11"
            >
              <input
                type="radio"
                name="to"
                className="mt-0.5 size-4 flex-none accent-accent-solid"
                checked={chosen === c.value}
                onChange={() => setTo(c.value)}
              />
              <span>
                {c.name}
                {c.help && <small className="block text-12 text-text-3">{c.help}</small>}
              </span>
            </label>
          ))}
        </fieldset>
        {page.error != null && (
          <div className="mt-2">
            <FieldError>{sentence(page.error)}</FieldError>
          </div>
        )}
      </form>
    </Dialog>
  )
}
