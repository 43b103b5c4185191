import type { UseQueryResult } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useZone } from '../../prefs.ts'
import { Button } from '../../ui/button.tsx'
import { To, useGo } from '../../ui/link.tsx'
import { EmptyState, Load } from '../../ui/state.tsx'
import { Pill } from '../../ui/status.tsx'
import { useNow } from '../../ui/time.tsx'
import { dayAndClock, plural } from '../../words.ts'
import type { Draft } from './draft.ts'
import type { Report, StatusPage } from './queries.ts'
import { OneReport } from './report.tsx'
import { ReportForm } from './report-form.tsx'
import { statusWord } from './report-words.ts'

type Props = { page: StatusPage; draft: Draft; reports: UseQueryResult<Report[]>; mayWrite: boolean }

/** `?report=new` writes one, `?report=<id>` opens one, without it all are listed. */
export function ReportTab({ page, draft, reports, mayWrite }: Props) {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const go = useGo()
  const list = `/status-pages/${page.id}?tab=reports`
  const open = (id: string) => `${list}&report=${id}`
  const components = draft.flatMap((s) => s.items).filter((c) => c.saved)
  if (search.report === 'new' && mayWrite)
    return (
      <ReportForm
        page={page}
        components={components}
        prefilled={{ title: search.title ?? '', monitor: search.monitor ?? '', since: search.since ?? '' }}
        onClose={() => go(list)}
        onDone={(r) => go(open(r.id), { replace: true })}
      />
    )
  return (
    <Load query={reports}>
      {(all) => {
        const chosen = search.report ? all.find((r) => r.id === search.report) : undefined
        if (chosen)
          return (
            <OneReport key={chosen.id} page={page} report={chosen} components={components} mayWrite={mayWrite} onClose={() => go(list)} />
          )
        if (search.report)
          return (
            <EmptyState title="This report is gone">
              <p>It was deleted. The page no longer shows it.</p>
              <Button onClick={() => go(list)}>All reports</Button>
            </EmptyState>
          )
        if (!all.length)
          return (
            <EmptyState title="No report yet">
              <p>
                A report says in your words what happens, to whom, and what you do. It stands above what is measured until you resolve it.
              </p>
              {mayWrite && (
                <Button kind="primary" keys="u" onClick={() => go(open('new'))}>
                  Write a report
                </Button>
              )}
            </EmptyState>
          )
        return (
          <>
            <ul>
              {all.map((r) => (
                <li key={r.id} className="border-b border-line-soft last:border-b-0">
                  <Row report={r} href={open(r.id)} />
                </li>
              ))}
            </ul>
            {mayWrite && (
              <div className="border-t border-line-soft px-3.5 pt-2 pb-2.5">
                <Button icon={Plus} onClick={() => go(open('new'))}>
                  Report
                </Button>
              </div>
            )}
          </>
        )
      }}
    </Load>
  )
}

function Row({ report, href }: { report: Report; href: string }) {
  const zone = useZone()
  const now = useNow(60_000)
  return (
    <To
      href={href}
      className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 px-3.5 py-[9px] hover:bg-hover focus-visible:-outline-offset-2"
    >
      <span className="min-w-0">
        <span className="block truncate font-550">{report.title}</span>
        <span className="block text-12 leading-4 text-text-3">
          {report.type === 'maintenance' ? 'maintenance, ' : ''}
          {dayAndClock(Date.parse(report.starts_at), zone, now)}, {plural(report.updates.length, 'update')},{' '}
          {plural(report.affected.length, 'component')}
        </span>
      </span>
      <ReportPill report={report} />
    </To>
  )
}

export const ReportPill = ({ report }: { report: Report }) => {
  const word = statusWord(report.status)
  if (report.phase === 'over') return <Pill state="resolved" word={report.type === 'maintenance' ? 'Completed' : 'Resolved'} />
  return <Pill state={report.type === 'maintenance' ? 'maintenance' : 'acknowledged'} word={word} />
}
