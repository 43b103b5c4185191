import { useQuery } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { setPrefs, usePrefs } from '../../prefs.ts'
import { everything, membersQuery, useCounts } from '../../queries.ts'
import { useMe } from '../../session.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { Panel } from '../../ui/panel.tsx'

type Step = { done: boolean; name: string; says: string; href: string; verb: string }

/** What is left of the first run; gone when done or hidden. */
export function Checklist() {
  const { user, team, may } = useMe()
  const { hideChecklist } = usePrefs()
  const counts = useCounts()
  const members = useQuery(membersQuery)
  const invitations = useQuery({
    queryKey: ['invitations'],
    queryFn: ({ signal }) => everything<{ id: string }>('/api/auth/invitations', {}, signal),
    enabled: may('auth:write'),
  })
  const pages = useQuery({
    queryKey: ['status-pages', 'all'],
    queryFn: ({ signal }) => everything<{ id: string }>('/api/status-pages', {}, signal),
    retry: false,
  })
  if (hideChecklist || !members.data || !counts.data || pages.isPending) return null
  const people = members.data.length + (invitations.data?.length ?? 0)
  const steps: Step[] = [
    {
      done: true,
      name: 'Your account',
      says: `${user.email}, ${team.role.replace('_', ' ')} of ${team.name}`,
      href: '/settings/profile',
      verb: 'done',
    },
    {
      done: counts.data.total > 0,
      name: 'What should stay up?',
      says: 'A first check runs while you look, from 4 regions',
      href: '/start',
      verb: 'Add a monitor',
    },
    {
      done: people > 1,
      name: 'Invite a colleague',
      says: people > 1 ? `${people} people can be paged` : 'Pages go to you; after 3 m to the whole team, which is you',
      href: '/settings/team',
      verb: 'Invite',
    },
    {
      done: (pages.data?.length ?? 0) > 0,
      name: 'A public status page',
      says: 'Tells your customers before they ask',
      href: '/status-pages',
      verb: 'Create it',
    },
  ]
  const done = steps.filter((s) => s.done).length
  if (done === steps.length) return null
  const next = steps.find((s) => !s.done)
  return (
    <Panel
      title="To be paged when it matters"
      sub={`${done} of ${steps.length} done`}
      actions={
        <Button kind="ghost" onClick={() => setPrefs({ hideChecklist: true })}>
          Hide
        </Button>
      }
    >
      <ol>
        {steps.map((s, i) => (
          <li
            key={s.name}
            className="grid grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-x-3.5 border-b border-line-soft px-4 py-3.5 last:border-0 phone:grid-cols-[24px_minmax(0,1fr)]"
          >
            <Ring done={s.done}>{i + 1}</Ring>
            <span>
              <span className={cx('font-550', s.done && 'text-text-2')}>{s.name}</span>
              <span className="block text-12 text-text-3">{s.says}</span>
            </span>
            {s.done ? (
              <span className="text-text-3 phone:sr-only">done</span>
            ) : (
              <ButtonLink
                href={s.href}
                {...(s === next ? { kind: 'primary' as const } : {})}
                className="phone:col-start-2 phone:mt-2 phone:justify-self-start"
              >
                {s.verb}
              </ButtonLink>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}

export const Ring = ({ done, children }: { done: boolean; children: React.ReactNode }) => (
  <span
    aria-hidden="true"
    className={cx(
      'grid size-6 place-items-center rounded-full border text-12 font-semibold',
      done ? 'border-up-line bg-up-soft text-up' : 'border-line-strong text-text-2',
    )}
  >
    {done ? <Icon of={Check} /> : children}
  </span>
)
