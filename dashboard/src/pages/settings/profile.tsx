import { signOut, useMe } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Columns, Panel } from '../../ui/panel.tsx'
import { Load } from '../../ui/state.tsx'
import { Password } from './password.tsx'
import { Places } from './places.tsx'
import { useProfile, useRoles } from './queries.ts'
import { You } from './you.tsx'

/** The person: name, address, how things look, password, where they are signed in, their teams. */
export function Profile() {
  const profile = useProfile()
  return (
    <Columns
      main={
        <>
          <Panel title="You">
            <Load query={profile}>{(p) => <You key={JSON.stringify(p)} profile={p} />}</Load>
          </Panel>
          <Password email={profile.data?.email ?? ''} />
        </>
      }
      side={
        <>
          <Places />
          <Teams />
          <Button className="justify-self-start" onClick={() => signOut()}>
            Sign out
          </Button>
        </>
      }
    />
  )
}

function Teams() {
  const { team, teams } = useMe()
  const roles = useRoles()
  return (
    <Panel title="Teams">
      <ul>
        {teams.map((t) => (
          <li key={t.id} className="flex items-center gap-2 border-b border-line-soft px-3.5 py-[9px] last:border-b-0">
            <span className="truncate font-550">{t.name}</span>
            <span className="text-text-3">{roles.data?.find((r) => r.role === t.role)?.name ?? t.role}</span>
            <span className="flex-1" />
            {t.id === team.id ? (
              <span className="text-text-3">here</span>
            ) : (
              // another team is another place of the address: the page loads anew
              <a className="text-accent underline decoration-accent-line underline-offset-3 hover:decoration-current" href={`/${t.slug}/`}>
                Switch<span className="sr-only"> to {t.name}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
