import { stateOf } from '../../incident-lines.tsx'
import { To } from '../../ui/link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Sev, StatusGlyph } from '../../ui/status.tsx'
import { type Column, rowsOf, Table } from '../../ui/table.tsx'
import { Since } from '../../ui/time.tsx'
import type { Incident } from '../../wire.ts'
import { count } from '../../words.ts'

const columns: Column<Incident>[] = [
  { id: 'state', head: 'State', className: 'w-[160px] phone:w-[150px]', cell: (i) => <StatusGlyph state={stateOf[i.status]} /> },
  {
    id: 'title',
    head: 'Incident',
    cell: (i) => (
      <To href={`/incidents/${i.id}`} className="flex min-w-0 items-baseline gap-2">
        <span className="truncate font-550">{i.title}</span>
        <small className="flex-none font-mono text-12 text-text-3 phone:hidden">INC-{i.team_number}</small>
      </To>
    ),
  },
  { id: 'sev', head: 'Severity', className: 'w-[92px] phone:hidden', cell: (i) => <Sev severity={i.severity} /> },
  {
    id: 'who',
    head: 'Who has it',
    className: 'w-[160px] truncate text-text-2 below-900:hidden',
    cell: (i) => i.acknowledged_by?.name ?? 'nobody yet',
  },
  { id: 'since', head: 'Open for', numeric: true, className: 'w-[110px] phone:w-[92px]', cell: (i) => <Since at={i.started_at} /> },
]

/** More open incidents than cards would make readable: nobody's first. */
export const OpenTable = ({ incidents }: { incidents: readonly Incident[] }) => (
  <Panel title="Open incidents" sub={`${count(incidents.length)}, nobody’s first`} className="mb-4">
    <Table
      label="Open incidents, nobody’s first"
      fixed
      box="max-h-[50dvh] phone:max-h-none"
      columns={columns}
      rows={rowsOf(incidents, (i) => i.id)}
      href={(i) => `/incidents/${i.id}`}
    />
  </Panel>
)
