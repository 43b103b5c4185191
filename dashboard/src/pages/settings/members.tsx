import { UserMinus } from 'lucide-react'
import { useState } from 'react'
import type { Member } from '../../../../shared/auth/schema.ts'
import { api, sentence } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { useMe } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Note, Panel } from '../../ui/panel.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { Load } from '../../ui/state.tsx'
import { Shape } from '../../ui/status.tsx'
import { type Column, rowsOf, Table } from '../../ui/table.tsx'
import { useNow } from '../../ui/time.tsx'
import { Avatar } from '../../ui/timeline.tsx'
import { toast } from '../../ui/toast.tsx'
import { and, day, plural } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { type Role, useMembers, usePolicies, useRoles } from './queries.ts'

/** Everybody in the team. A role changes at once and can be taken back; removing asks, and says what the person holds. */
export function Members() {
  const members = useMembers()
  const roles = useRoles()
  const zone = useZone()
  const now = useNow(60_000)
  const [leaving, setLeaving] = useState<Member | null>(null)
  const { user, team, may } = useMe()
  const mayWrite = may('auth:write')
  const nameOf = (role: Role) => roles.data?.find((r) => r.role === role)?.name ?? role

  const change = useWrite({
    send: ({ member, role }: { member: Member; role: Role; back?: boolean }) => api.patch(`/api/auth/members/${member.id}`, { role }),
    atOnce: ({ member, role }, put) => put<Member[]>(['members'], (list) => list.map((m) => (m.id === member.id ? { ...m, role } : m))),
    done: (_, { member, role, back }) =>
      toast(
        `${member.name} is now ${nameOf(role)}`,
        back ? {} : { undo: () => change.mutate({ member: { ...member, role }, role: member.role, back: true }) },
      ),
    refresh: [['members'], ['session']],
  })

  const columns: Column<Member>[] = [
    {
      id: 'person',
      head: 'Person',
      className: 'phone:w-full phone:max-w-0',
      cell: (m) => (
        <span className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2.5 leading-[18px] whitespace-nowrap">
          <span className="max-[380px]:hidden">
            <Avatar name={m.name} large />
          </span>
          <span className="min-w-0">
            <span className="block truncate">
              <span className="font-550">{m.name}</span> {m.user_id === user.id && <span className="text-text-3">you</span>}
            </span>
            <small className="block truncate text-12 leading-4 text-text-3">{m.email}</small>
          </span>
        </span>
      ),
    },
    {
      id: 'role',
      head: 'Role',
      cell: (m) =>
        mayWrite ? (
          <Select
            aria-label={`Role of ${m.name}`}
            className="w-[140px]! phone:w-[116px]!"
            value={m.role}
            onChange={(e) => change.mutate({ member: m, role: e.target.value as Role })}
          >
            {(roles.data ?? [{ role: m.role, name: m.role }]).map((r) => (
              <option key={r.role} value={r.role}>
                {r.name}
              </option>
            ))}
          </Select>
        ) : (
          nameOf(m.role)
        ),
    },
    {
      id: 'since',
      head: 'Since',
      className: 'below-900:hidden text-text-2 whitespace-nowrap',
      cell: (m) => day(Date.parse(m.joined_at), zone, now),
    },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      numeric: true,
      cell: (m) =>
        mayWrite &&
        m.user_id !== user.id && (
          <Menu
            quiet
            label={`Actions for ${m.name}`}
            items={[{ label: 'Remove from the team', icon: UserMinus, danger: true, run: () => setLeaving(m) }]}
          />
        ),
    },
  ]

  return (
    <Panel title="Members" sub={members.data && `${members.data.length} of ${team.name}`}>
      {change.error != null && (
        <div className="p-3.5 pb-0" role="alert">
          <Note tone="down" icon={<Shape state="down" className="text-down" />}>
            <b>The role is as it was.</b> {sentence(change.error)}
          </Note>
        </div>
      )}
      <Load query={members}>
        {(list) => (
          <Table label="Members table" columns={columns} rows={rowsOf(list, (m) => m.id)} rowClass="[&>td]:h-12 phone:[&>td]:h-15" />
        )}
      </Load>
      {leaving && <Remove member={leaving} onClose={() => setLeaving(null)} />}
    </Panel>
  )
}

function Remove({ member, onClose }: { member: Member; onClose: () => void }) {
  const policies = usePolicies()
  const named = (policies.data ?? []).filter((p) =>
    p.steps.some((s) => s.targets.some((t) => t.type === 'user' && t.id === member.user_id)),
  )
  const remove = useWrite({
    send: () => api.delete(`/api/auth/members/${member.id}`),
    done: () => {
      toast(`${member.name} is no longer in the team`)
      onClose()
    },
    refresh: [['members'], ['policies']],
  })
  return (
    <Dialog
      title={`Remove ${member.name} from the team?`}
      onClose={onClose}
      consequence={remove.error != null && <span role="alert">{sentence(remove.error)}</span>}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
            Remove {member.name}
          </Button>
        </>
      }
    >
      <div className="grid gap-3 text-text-2">
        <p>They can no longer see or change anything here, from the next request on. What they wrote in timelines stays.</p>
        {named.length > 0 && (
          <Note tone="warn">
            <b>{plural(named.length, 'policy', 'policies')} page them:</b> {and(named.map((p) => p.name))}. Those steps pass at once to the
            next; if nobody is left, the whole team is paged.
          </Note>
        )}
      </div>
    </Dialog>
  )
}
