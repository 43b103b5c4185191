import { Copy } from 'lucide-react'
import { places } from '../../../../shared/uptime/regions.ts'
import { Button } from '../../ui/button.tsx'
import { rowsOf, Table } from '../../ui/table.tsx'
import { toast } from '../../ui/toast.tsx'
import type { ResponseTimes } from '../../wire.ts'
import { moment } from '../../words.ts'
import { ms } from './times-legend.tsx'

type Row = { at: string; values: (number | null | undefined)[] }

/** The same series as a table, for those who want the numbers or cannot see the lines. */
export function TimesData({ times, zone }: { times: ResponseTimes; zone: string }) {
  const instants = [...new Set(times.series.flatMap((s) => s.points.map((p) => p.at)))].sort().reverse()
  const byRegion = times.series.map((s) => new Map(s.points.map((p) => [p.at, p.p95_ms])))
  const rows: Row[] = instants.map((at) => ({ at, values: byRegion.map((m) => m.get(at)) }))
  const now = Date.now()
  const copy = () => {
    const head = ['at', ...times.series.map((s) => `${s.region}_p95_ms`)].join(',')
    const lines = rows.map((r) => [r.at, ...r.values.map((v) => v ?? '')].join(','))
    void navigator.clipboard.writeText([head, ...lines].join('\n')).then(() => toast('Copied as CSV'))
  }
  return (
    <>
      <div className="flex items-center gap-2 px-3.5 py-2">
        <span className="text-12 text-text-3">p95 of each step, newest first</span>
        <Button icon={Copy} className="ml-auto" onClick={copy}>
          Copy CSV
        </Button>
      </div>
      <Table
        label="Response times"
        box="max-h-96"
        rows={rowsOf(rows, (r) => r.at)}
        columns={[
          {
            id: 'at',
            head: 'Time',
            cell: (r: Row) => <span className="font-mono text-12 whitespace-nowrap">{moment(Date.parse(r.at), zone, now)}</span>,
          },
          ...times.series.map((s, i) => ({ id: s.region, head: places[s.region].label, numeric: true, cell: (r: Row) => ms(r.values[i]) })),
        ]}
      />
    </>
  )
}
