import { GitFork, Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { PolicyBody } from '../../../../shared/oncall/schema.ts'
import { api, fieldError, sentence } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError, Select, TextInput } from '../../ui/field.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Panel, Stack } from '../../ui/panel.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { useSortable } from '../../ui/sortable.ts'
import { useNow } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { day } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { Simulator } from '../on-call/simulate.tsx'
import { ClockTimes } from './clock-times.tsx'
import {
  addBranch,
  addRung,
  emptyLadder,
  findings,
  inputOf,
  type Ladder,
  ladderOf,
  moveRung,
  RUNGS_MAX,
  removeRung,
  sameLadder,
} from './ladder.ts'
import { PolicyEnd } from './policy-end.tsx'
import { useMembers } from './queries.ts'
import { Rung } from './rung.tsx'
import { WouldHave } from './would-have.tsx'

type Props = { policy: PolicyBody | null; mayWrite: boolean; onSaved: (policy: PolicyBody) => void; onClose: () => void }

/** How rungs are sorted: by their keys, one under the other. */
const order = {
  step: (l: Ladder, id: string, by: -1 | 1) => moveRung(l, at(l, id), at(l, id) + by),
  dropOn: (l: Ladder, id: string, over: string) => moveRung(l, at(l, id), at(l, over)),
  where: (l: Ladder, id: string) => `step ${at(l, id) + 1} of ${l.rungs.length}`,
  name: (l: Ladder, id: string) => `step ${at(l, id) + 1}`,
}
const at = (l: Ladder, key: string) => l.rungs.findIndex((r) => r.key === key)

/** The ladder is the form; beside it the same as clock times. Errors show once saving was tried. */
export function PolicyEditor({ policy, mayWrite, onSaved, onClose }: Props) {
  const zone = useZone()
  const saved = policy ? ladderOf(policy) : emptyLadder(zone)
  const [ladder, setLadder] = useState(saved)
  const [tried, setTried] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const now = useNow(60_000)
  const sort = useSortable(ladder, setLadder, order)
  const save = useWrite({
    send: (l: Ladder) =>
      policy
        ? api.patch<PolicyBody>(`/api/oncall/policies/${policy.id}`, inputOf(l))
        : api.post<PolicyBody>('/api/oncall/policies', inputOf(l)),
    done: (answer) => {
      toast(policy ? `Policy ${answer.name} saved` : `Policy ${answer.name} made`, policy ? { undo: () => putBack.mutate(saved) } : {})
      onSaved(answer)
    },
    refresh: [['policies'], ['policy']],
  })
  const putBack = useWrite({
    send: (l: Ladder) => api.patch<PolicyBody>(`/api/oncall/policies/${policy!.id}`, inputOf(l)),
    done: () => toast('The policy is as it was'),
    refresh: [['policies'], ['policy']],
  })

  const found = tried ? findings(ladder) : {}
  const changed = !policy || !sameLadder(ladder, saved)
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    setTried(true)
    if (mayWrite && changed && !save.isPending && !Object.keys(findings(ladder)).length) save.mutate(ladder)
  }
  const cancel = () => {
    if (!policy) return onClose()
    setLadder(saved)
    setTried(false)
  }
  useKeys([{ keys: 'mod+enter', label: 'Save the policy', group: 'This page', run: () => submit() }])

  return (
    <>
      <Panel
        title={policy?.name ?? 'New policy'}
        sub={policy && `edited ${day(Date.parse(policy.updated_at), zone, now)}`}
        actions={
          policy &&
          mayWrite &&
          !policy.is_default && <Menu quiet items={[{ label: 'Delete policy', danger: true, run: () => setDeleting(true) }]} />
        }
      >
        <form id="policy" onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)] gap-3.5 p-3.5">
          <fieldset disabled={!mayWrite} className="contents">
            <Field label="Name" error={found.name ?? fieldError(save.error, 'name')}>
              {(aria) => (
                <TextInput
                  {...aria}
                  className="max-w-80"
                  value={ladder.name}
                  maxLength={200}
                  onChange={(e) => setLadder({ ...ladder, name: e.target.value })}
                />
              )}
            </Field>
            <ol aria-label="Steps">
              {ladder.rungs.map((rung, i) => (
                <Rung
                  key={rung.key}
                  rung={rung}
                  index={i}
                  ladder={ladder}
                  onChange={setLadder}
                  onRemove={() => setLadder(removeRung(ladder, i))}
                  errors={{
                    wait: found[`${rung.key}.wait`] ?? fieldError(save.error, `steps.${i}.wait_before`),
                    targets: found[`${rung.key}.targets`] ?? fieldError(save.error, `steps.${i}.targets`),
                    every: found[`${rung.key}.every`] ?? fieldError(save.error, `steps.${i}.repeat_every`),
                    when: found[`${rung.key}.when`] ?? fieldError(save.error, `steps.${i}.when`),
                  }}
                  sort={sort}
                  mayWrite={mayWrite}
                />
              ))}
            </ol>
            <div className="flex flex-wrap items-center gap-2">
              {mayWrite && (
                <Button icon={Plus} disabled={ladder.rungs.length >= RUNGS_MAX} onClick={() => setLadder(addRung(ladder))}>
                  Step
                </Button>
              )}
              {mayWrite && (
                <Button
                  kind="ghost"
                  icon={GitFork}
                  disabled={ladder.rungs.length > RUNGS_MAX - 2}
                  onClick={() => setLadder(addBranch(ladder))}
                >
                  Branch
                </Button>
              )}
              <span className="ml-auto flex items-center gap-2 text-12 text-text-2">
                <label htmlFor="repeat">Then again from the top</label>
                <Select
                  id="repeat"
                  className="w-[104px]!"
                  value={ladder.repeats}
                  onChange={(e) => setLadder({ ...ladder, repeats: Number(e.target.value) })}
                >
                  {repeats(ladder.repeats).map((n) => (
                    <option key={n} value={n}>
                      {n === 0 ? 'never' : n === 1 ? 'once more' : `${n} times`}
                    </option>
                  ))}
                </Select>
              </span>
            </div>
            <PolicyEnd ladder={ladder} onChange={setLadder} errors={found} />
          </fieldset>
          <p role="status" className="sr-only">
            {sort.said}
          </p>
          {save.error != null && <FieldError>{sentence(save.error)}</FieldError>}
        </form>
        <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line-soft px-3.5 py-2.5">
          <span className="mr-auto text-12 text-text-3">
            {mayWrite
              ? 'Open incidents keep the steps they began with'
              : 'Your role may read policies. An admin or team lead may change them.'}
          </span>
          {mayWrite && (
            <>
              <Button disabled={!changed} onClick={cancel}>
                Cancel
              </Button>
              <Button kind="primary" type="submit" form="policy" keys="mod+enter" busy={save.isPending} disabled={!changed}>
                Save policy
              </Button>
            </>
          )}
        </div>
      </Panel>
      <Stack className="below-1280:col-start-2 below-900:col-start-1">
        <ClockTimes ladder={ladder} zone={zone} />
        {policy && <WouldHave policy={policy} ladder={ladder} />}
        {policy && <Asked policy={policy} changed={changed} />}
      </Stack>
      {deleting && policy && <Delete policy={policy} onClose={() => setDeleting(false)} onDone={onClose} />}
    </>
  )
}

/** The saved ladder asked for one instant: what schedules, wishes and quiet hours make of it. */
function Asked({ policy, changed }: { policy: PolicyBody; changed: boolean }) {
  const now = useNow(60_000)
  const members = useMembers()
  const nameOf = (id: string) => members.data?.find((m) => m.user_id === id)?.name ?? (members.data ? 'Somebody who left' : '…')
  return (
    <div>
      <Simulator zone={policy.timezone} now={now} nameOf={nameOf} first={policy.id} fixed />
      {changed && <p className="px-3.5 pt-2 text-12 text-text-3">As it is saved; save to ask about your changes.</p>}
    </div>
  )
}

/** Up to five more rounds are offered; a policy made over the API may have more, and keeps them. */
const repeats = (now: number) => [...new Set([0, 1, 2, 3, 4, 5, now])].sort((a, b) => a - b)

function Delete({ policy, onClose, onDone }: { policy: PolicyBody; onClose: () => void; onDone: () => void }) {
  const remove = useWrite({
    send: () => api.delete(`/api/oncall/policies/${policy.id}`),
    done: () => {
      toast(`Policy ${policy.name} deleted`)
      onDone()
    },
    refresh: [['policies']],
  })
  return (
    <Dialog
      title={`Delete the policy ${policy.name}?`}
      onClose={onClose}
      consequence={remove.error != null && <span role="alert">{sentence(remove.error)}</span>}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
            Delete policy
          </Button>
        </>
      }
    >
      <p className="text-text-2">
        Open incidents go on with the steps they began with. A policy that monitors still use is not deleted; give them another one first.
      </p>
    </Dialog>
  )
}
