import { useMe } from '../../session.ts'
import { Columns, Panel } from '../../ui/panel.tsx'
import { Load } from '../../ui/state.tsx'
import { DeleteTeam } from './delete-team.tsx'
import { Invite } from './invite.tsx'
import { Members } from './members.tsx'
import { useRoles } from './queries.ts'

/** Who is in the team, what they may do, and who is still to come. */
export function Team() {
  const roles = useRoles()
  const { team } = useMe()
  return (
    <Columns
      main={
        <>
          <Members />
          <Invite />
          {team.role === 'admin' && <DeleteTeam />}
        </>
      }
      side={
        <Panel title="What each role may do">
          <Load query={roles}>
            {(list) => (
              <dl className="px-3.5 pt-1 pb-3.5">
                {list.map((r) => (
                  <div key={r.role}>
                    <dt className="pt-2 font-550">{r.name}</dt>
                    <dd className="text-12 leading-[18px] text-text-2">{r.may}</dd>
                  </div>
                ))}
              </dl>
            )}
          </Load>
        </Panel>
      }
    />
  )
}
