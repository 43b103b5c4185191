import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../session.ts'
import { openPalette } from '../shell/open-palette.ts'
import { useTitle } from '../title.ts'
import { Button } from '../ui/button.tsx'
import { TextInput } from '../ui/field.tsx'
import { TextLink } from '../ui/link.tsx'
import { PageHeader, Panel } from '../ui/panel.tsx'
import { EmptyState } from '../ui/state.tsx'

/** No page, or no object of this team, at this address. */
export function NotFound() {
  const { pathname } = useLocation()
  const { team, teams } = useMe()
  const [q, setQ] = useState('')
  useTitle('Not found')
  return (
    <>
      <PageHeader title="Not found" />
      <Panel label="Not found">
        <EmptyState title="There is nothing at this address">
          <p>
            <span className="font-mono text-12 [overflow-wrap:anywhere]">{pathname}</span> does not exist in {team.name}
            {teams.length > 1 && ', or belongs to another of your teams'}.
          </p>
          <form
            className="flex w-full max-w-[440px] gap-2"
            onSubmit={(e) => {
              e.preventDefault()
              openPalette(q)
            }}
          >
            <TextInput
              big
              type="search"
              aria-label={`Search ${team.name}`}
              placeholder="Search monitors and incidents"
              value={q}
              onChange={(e) => setQ(e.target.value)}
            />
            <Button big type="submit">
              Search
            </Button>
          </form>
          <p>
            Or go to <TextLink href="/">Overview</TextLink>, <TextLink href="/incidents">Incidents</TextLink>,{' '}
            <TextLink href="/monitors">Monitors</TextLink>.
          </p>
        </EmptyState>
      </Panel>
    </>
  )
}
