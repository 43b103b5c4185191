import { teamSpokenOf } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Load, Skeleton } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { type Report, type Schedule, useReport } from './queries.ts'
import { hours } from './say.ts'

type Person = Report['people'][number]
const columns: readonly (readonly [name: string, of: (p: Person) => string, title?: string])[] = [
  ['On call', (p) => hours(p.seconds)],
  ['Nights', (p) => hours(p.night_seconds), '22:00 to 06:00 where they live'],
  ['Weekends', (p) => hours(p.weekend_seconds), 'Saturday and Sunday where they live'],
  ['Pages', (p) => String(p.pages), 'Messages that told them of incidents, whatever schedule they came of'],
  ['Woken', (p) => String(p.woken), 'Quarters of an hour at night in which something rang'],
  ['Shifts', (p) => String(p.shifts)],
  ['In a row', (p) => `${p.days_in_a_row} d`, 'Most days in a row'],
]

/** What everybody carried in the last 90 days, and the same as CSV. */
export function Carried({ schedule }: { schedule: Schedule }) {
  const report = useReport(schedule.id)
  return (
    <Panel
      title="Load, last 90 days"
      actions={<Button kind="ghost" onClick={() => void exportCsv(schedule)}>Export for pay</Button>}
    >
      <Load query={report} skeleton={<Skeleton rows={4} />}>
        {({ people }) =>
          people.length ? (
            <ScrollBox label="Load table">
              <table className="w-full text-13 [&_td]:px-3.5 [&_td]:py-1.5 [&_td:not(:first-child)]:text-right [&_th]:px-3.5 [&_th]:py-1.5 [&_th:not(:first-child)]:text-right">
                <thead>
                  <tr className="border-b border-line-soft text-12 whitespace-nowrap text-text-3">
                    <th scope="col">Person</th>
                    {columns.map(([name, , title]) => (
                      <th key={name} scope="col" title={title}>{name}</th>
                    ))}
                  </tr>
                </thead>
                <tbody className="whitespace-nowrap tabular-nums">
                  {people.map((p) => (
                    <tr key={p.user_id} className="border-b border-line-soft last:border-b-0">
                      <td>{p.name}</td>
                      {columns.map(([name, of]) => (
                        <td key={name}>{of(p)}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollBox>
          ) : (
            <p className="px-3.5 py-3 text-text-3">Nobody was on call in the last 90 days.</p>
          )
        }
      </Load>
    </Panel>
  ) // biome-ignore format: a table
}

async function exportCsv(schedule: Schedule): Promise<void> {
  const team = teamSpokenOf()
  const r = await fetch(`/api/oncall/reports?format=csv&schedule_id=${schedule.id}`, { headers: team ? { 'x-team': team } : {} })
  if (!r.ok) return toast(`The report did not load: ${r.status}`)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await r.blob())
  link.download = /filename="([^"]+)"/.exec(r.headers.get('content-disposition') ?? '')?.[1] ?? 'on-call.csv'
  link.click()
  URL.revokeObjectURL(link.href)
}
