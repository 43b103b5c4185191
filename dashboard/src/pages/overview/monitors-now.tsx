import { useQuery } from '@tanstack/react-query'
import { monitorsQuery } from '../../queries.ts'
import { useSummaries } from '../../summaries.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Load } from '../../ui/state.tsx'
import { rowsOf, Table } from '../../ui/table.tsx'
import { count } from '../../words.ts'
import { columnsOf } from '../monitors/columns.tsx'
import type { Line } from '../monitors/use-rows.ts'

const SHOWN = 10
const columns = columnsOf({ policies: [] }).filter((c) => ['state', 'name', 'bars', 'p95', 'uptime', 'last'].includes(c.id))

/** The first ten, trouble first. */
export function MonitorsNow({ total, selected, onSelect }: { total: number; selected: string; onSelect: (id: string) => void }) {
  const query = useQuery({ ...monitorsQuery({ sort: 'status', page: 1, per_page: SHOWN }), refetchInterval: 10_000 })
  const monitors = query.data?.data ?? []
  const summaries = useSummaries(monitors.map((m) => m.id))
  const lines = monitors.map((monitor): Line => ({ kind: 'monitor', monitor, summary: summaries.get(monitor.id) }))
  return (
    <Panel
      title="Monitors"
      sub={`${count(Math.min(total, SHOWN))} of ${count(total)}, trouble first`}
      actions={
        <ButtonLink kind="ghost" href="/monitors">
          All
        </ButtonLink>
      }
    >
      <Load query={query}>
        {() => (
          <Table
            label="Monitors, trouble first"
            fixed
            columns={columns}
            rows={rowsOf(lines, (l) => (l.kind === 'monitor' ? l.monitor.id : ''))}
            href={(l) => (l.kind === 'monitor' ? `/monitors/${l.monitor.id}` : null)}
            selected={selected}
            onSelect={onSelect}
            rowClass="phone:[&>td]:h-14"
          />
        )}
      </Load>
    </Panel>
  )
}
