import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { PolicyGroupBody } from '../../../../shared/oncall/schema.ts'
import { api, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWrite } from '../../write.ts'

const REFRESH = [['policy-groups'], ['policies']]
const path = (g: PolicyGroupBody) => `/api/oncall/policy-groups/${g.id}`

/** Groups that policies are shown by: made, named, moved, deleted. What is deleted leaves its policies in no group. */
export function PolicyGroups({ groups, onClose }: { groups: readonly PolicyGroupBody[]; onClose: () => void }) {
  const [name, setName] = useState('')
  const make = useWrite({
    send: () => api.post<PolicyGroupBody>('/api/oncall/policy-groups', { name: name.trim(), sort_index: (groups.at(-1)?.sort_index ?? 0) + 10 }),
    done: () => setName(''),
    refresh: REFRESH,
  }) // biome-ignore format: a write
  const change = useWrite({
    send: ({ group, patch }: { group: PolicyGroupBody; patch: { name?: string; sort_index?: number } }) => api.patch(path(group), patch),
    refresh: REFRESH,
  })
  const remove = useWrite({
    send: (group: PolicyGroupBody) => api.delete(path(group)),
    done: (_, group) => toast(`Group ${group.name} deleted; its policies are in none`),
    refresh: REFRESH,
  })
  /** All get new places: those of old ones may be equal. */
  const move = (from: number, by: -1 | 1) => {
    const order = [...groups]
    order.splice(from + by, 0, ...order.splice(from, 1))
    for (const [i, group] of order.entries()) if (group.sort_index !== i * 10) change.mutate({ group, patch: { sort_index: i * 10 } })
  }
  const submit = (e: FormEvent) => {
    e.preventDefault()
    if (name.trim() && !make.isPending) make.mutate(undefined)
  }
  const failed = make.error ?? change.error ?? remove.error
  return (
    <Dialog
      title="Groups of policies"
      onClose={onClose}
      dirty={Boolean(name.trim())}
      consequence={failed != null && <span role="alert" className="text-down">{sentence(failed)}</span>}
      buttons={<Button kind="primary" onClick={onClose}>Done</Button>}
    >
      {!groups.length && <p className="mb-3 text-text-2">No groups. They only sort the list: a team, a product, a site.</p>}
      <ul className="grid gap-1.5">
        {groups.map((g, i) => (
          <li key={g.id} className="flex items-center gap-1.5">
            <TextInput
              aria-label={`Name of the group ${g.name}`}
              maxLength={200}
              defaultValue={g.name}
              onBlur={(e) => e.target.value.trim() && e.target.value.trim() !== g.name && change.mutate({ group: g, patch: { name: e.target.value.trim() } })}
            />
            <Button kind="ghost" icon={ArrowUp} aria-label={`${g.name} further up`} disabled={i === 0} onClick={() => move(i, -1)} />
            <Button kind="ghost" icon={ArrowDown} aria-label={`${g.name} further down`} disabled={i === groups.length - 1} onClick={() => move(i, 1)} />
            <Button kind="ghost" icon={X} aria-label={`Delete the group ${g.name}`} onClick={() => remove.mutate(g)} />
          </li>
        ))}
      </ul>
      <form onSubmit={submit} className="mt-3 flex items-center gap-1.5 border-t border-line-soft pt-3">
        <TextInput aria-label="Name of a new group" placeholder="Payments" maxLength={200} autoComplete="off" value={name} onChange={(e) => setName(e.target.value)} />
        <Button type="submit" icon={Plus} busy={make.isPending} disabled={!name.trim()}>Group</Button>
      </form>
    </Dialog>
  ) // biome-ignore format: a dialog
}
