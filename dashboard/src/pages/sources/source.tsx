import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ChevronRight, TextAlignStart } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { Source } from '../../../../shared/logs/schema.ts'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { To } from '../../ui/link.tsx'
import { Columns, PageHeader, Stack } from '../../ui/panel.tsx'
import { Load, Skeleton } from '../../ui/state.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { choice } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { Arriving } from './arriving.tsx'
import { Bucket } from './bucket.tsx'
import { Connect } from './connect.tsx'
import { healthQuery, sourceQuery } from './queries.ts'
import { Keep } from './settings.tsx'

const Transform = lazy(() => import('../vrl/transform.tsx').then((m) => ({ default: m.Transform })))
const shape = { open: choice('', 'vrl') }

const WAITING_MS = 1_500
const HEARD_MS = 10_000

/** `/sources/<id>`: how to connect it, whether it is heard, what is kept. */
export function Page() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const query = useQuery(sourceQuery(id))
  const name = query.data?.name ?? 'Source'
  useTitle(name)
  return (
    <>
      <PageHeader
        title={
          <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1.5 text-text-3 [&>a:hover]:text-text">
            <To href="/sources">Sources</To>
            <Icon of={ChevronRight} size={12} />
            <h1 className="min-w-0 truncate text-16 font-semibold tracking-[-0.01em] text-text">{name}</h1>
          </nav>
        }
        actions={
          <ButtonLink href={`/logs?src=${id}`} icon={TextAlignStart}>
            Its logs
          </ButtonLink>
        }
      />
      <Load query={query} skeleton={<Skeleton rows={10} saying="Loading the source" />}>
        {(source) => <Whole source={source} />}
      </Load>
    </>
  )
}

function Whole({ source }: { source: Source }) {
  const { may } = useMe()
  const health = useQuery({
    ...healthQuery(source.id),
    refetchInterval: (q) => (q.state.data?.last_event_at ? HEARD_MS : WAITING_MS),
  })
  // it arrived while somebody was watching: the page says so
  const waited = useRef(false)
  const [arrived, setArrived] = useState(false)
  const heard = health.data ? health.data.last_event_at !== null : null
  useEffect(() => {
    if (heard === false) waited.current = true
    if (heard && waited.current) setArrived(true)
  }, [heard])
  const [{ open }] = useUrlState(shape)
  return (
    <Stack>
      <Tabs
        label="Source"
        tabs={[
          { href: `/sources/${source.id}`, name: 'Connect', current: open !== 'vrl' },
          { href: `/sources/${source.id}?open=vrl`, name: 'Transform', current: open === 'vrl' },
        ]}
      />
      {open === 'vrl' ? (
        <Suspense fallback={<Skeleton rows={12} saying="Loading the editor" />}>
          <Transform source={source} writes={may('logs:write')} did={health.data?.vrl ?? []} />
        </Suspense>
      ) : (
        <Columns
          sideWidth={380}
          main={<Connect source={source} />}
          side={
            <>
              <Arriving source={source} health={health} arrived={arrived} />
              <Keep source={source} writes={may('logs:write')} />
              {may('logs:write') && <Bucket source={source} />}
            </>
          }
        />
      )}
    </Stack>
  )
}
