import { useParams } from '@tanstack/react-router'
import { useTitle } from '../../title.ts'
import { PageHeader } from '../../ui/panel.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { NotFound } from '../not-found.tsx'
import { Contacts } from './contacts.tsx'
import { Keys } from './keys.tsx'
import { Policies } from './policies.tsx'
import { Profile } from './profile.tsx'
import { Team } from './team.tsx'
import { Urgencies } from './urgencies.tsx'
import { Webhooks } from './webhooks.tsx'

const sections = {
  team: ['Team', Team],
  policies: ['Escalation policies', Policies],
  urgencies: ['Urgencies', Urgencies],
  contacts: ['How you are paged', Contacts],
  keys: ['API keys', Keys],
  webhooks: ['Webhooks', Webhooks],
  profile: ['Profile', Profile],
} satisfies Record<string, [name: string, Section: () => React.ReactNode]>

/** `/settings/<section>`; `/settings` alone is the team. */
export function Page() {
  const { section = 'team' } = useParams({ strict: false })
  const known = Object.hasOwn(sections, section) ? sections[section as keyof typeof sections] : null
  useTitle(known ? `${known[0]} · Settings` : 'Settings')
  if (!known) return <NotFound />
  const [, Section] = known
  return (
    <>
      <PageHeader title="Settings" />
      <div className="max-w-[1280px]">
        <div className="mb-4 phone:-mx-4 phone:px-4">
          <Tabs
            label="Settings"
            tabs={Object.entries(sections).map(([key, [name]]) => ({ href: `/settings/${key}`, name, current: key === section }))}
          />
        </div>
        <Section />
      </div>
    </>
  )
}
