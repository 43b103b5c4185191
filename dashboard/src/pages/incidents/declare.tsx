import { type FormEvent, useState } from 'react'
import { api, fieldError, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Pick, Select, TextArea, TextInput } from '../../ui/field.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { toast } from '../../ui/toast.tsx'
import type { IncidentDetail, Policy, Severity } from '../../wire.ts'
import { duration, plural } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { useMembers, usePolicies } from '../settings/queries.ts'
import { useTargetName } from '../settings/target-name.ts'
import { label } from './actions.ts'

const severities = [
  ['SEV1', 'Everything stops'],
  ['SEV2', 'Many are hit'],
  ['SEV3', 'Some are hit'],
  ['SEV4', 'To look at'],
] as const satisfies readonly (readonly [Severity, string])[]

/** Declare by hand: says whom it pages before it does. */
export function Declare({ onClose, onDone }: { onClose: () => void; onDone: (i: IncidentDetail) => void }) {
  const policies = usePolicies()
  const members = useMembers()
  const [title, setTitle] = useState('')
  const [description, setDescription] = useState('')
  const [severity, setSeverity] = useState<Severity>('SEV3')
  const [policyId, setPolicyId] = useState('')
  const [notify, setNotify] = useState(true)
  const [tried, setTried] = useState(false)
  const [key] = useState(() => crypto.randomUUID())
  const policy = policies.data?.find((p) => p.id === policyId) ?? policies.data?.find((p) => p.is_default) ?? policies.data?.[0]
  const declare = useWrite({
    send: () =>
      api.post<IncidentDetail>(
        '/api/incidents',
        {
          title: title.trim(),
          severity,
          notify,
          ...(description.trim() ? { description: description.trim() } : {}),
          ...(policy ? { policy_id: policy.id } : {}),
        },
        { key },
      ),
    done: (made) => {
      toast(`${label(made)} declared`)
      onDone(made)
    },
    refresh: [['incidents']],
  })
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    setTried(true)
    if (title.trim() && !declare.isPending) declare.mutate(undefined)
  }
  const titleError = tried && !title.trim() ? 'One line, for example Customers report double charges' : fieldError(declare.error, 'title')
  const first = policy?.steps[0]
  const paged =
    first && first.wait_before === 0
      ? new Set(first.targets.flatMap((t) => (t.type === 'team' ? (members.data ?? []).map((m) => m.user_id) : t.id))).size
      : 0

  return (
    <Dialog
      title="What is happening?"
      onClose={onClose}
      dirty={Boolean(title || description)}
      consequence={
        declare.error != null ? (
          <span role="alert" className="text-down">
            {sentence(declare.error)}
          </span>
        ) : notify && paged > 0 ? (
          `Opens now and pages ${plural(paged, 'person', 'people')}`
        ) : (
          `Opens now${notify ? '' : ', pages nobody'}`
        )
      }
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="declare" keys="mod+enter" busy={declare.isPending}>
            Declare incident
          </Button>
        </>
      }
    >
      <SubmitKey label="Declare" run={submit} />
      <form id="declare" onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
        <Field label="Title" error={titleError}>
          {(aria) => (
            <TextInput
              {...aria}
              big
              autoFocus
              maxLength={300}
              autoComplete="off"
              value={title}
              onChange={(e) => setTitle(e.target.value)}
            />
          )}
        </Field>
        <Field label="What you know" aside="optional" error={fieldError(declare.error, 'description')}>
          {(aria) => (
            <TextArea {...aria} rows={3} maxLength={10_000} value={description} onChange={(e) => setDescription(e.target.value)} />
          )}
        </Field>
        <fieldset className="min-w-0">
          <legend className="mb-1 text-12 text-text-2">Severity</legend>
          <div className="grid grid-cols-4 gap-1.5 phone:grid-cols-2">
            {severities.map(([value, words]) => (
              <label
                key={value}
                className="relative grid gap-0.5 rounded-2 border border-line-strong px-2.5 py-2 has-checked:border-accent-line has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-solid"
              >
                <input
                  type="radio"
                  name="severity"
                  className="absolute inset-0 m-0 cursor-pointer opacity-0"
                  aria-label={`${value}, ${words}`}
                  checked={severity === value}
                  onChange={() => setSeverity(value)}
                />
                <b className="font-mono text-12 font-semibold">{value}</b>
                <small className="text-12 text-text-2">{words}</small>
              </label>
            ))}
          </div>
        </fieldset>
        <Field label="Who is paged" error={fieldError(declare.error, 'policy_id')}>
          {(aria) => (
            <Select {...aria} value={policy?.id ?? ''} onChange={(e) => setPolicyId(e.target.value)}>
              {(policies.data ?? []).map((p) => (
                <option key={p.id} value={p.id}>
                  {p.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Pick
          label="Page now"
          help={policy && <LadderInWords policy={policy} />}
          checked={notify}
          onChange={(e) => setNotify(e.target.checked)}
        />
      </form>
    </Dialog>
  )
}

/** "Ines Okafor at once; after 3 m Theo Lindgren; after 8 m the team of 5". */
function LadderInWords({ policy }: { policy: Policy }) {
  const name = useTargetName()
  const members = useMembers()
  let after = 0
  const parts = policy.steps.map((s) => {
    after += s.wait_before
    const who = s.targets.map((t) => (t.type === 'team' ? `the team of ${members.data?.length ?? '…'}` : name(t))).join(', ')
    return after === 0 ? `${who} at once` : `after ${duration(after * 1000)} ${who}`
  })
  return parts.join('; ')
}
