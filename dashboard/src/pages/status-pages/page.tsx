import { Plus } from 'lucide-react'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { TextLink, To, useGo } from '../../ui/link.tsx'
import { PageHeader, Panel } from '../../ui/panel.tsx'
import { EmptyState, Load } from '../../ui/state.tsx'
import { Pill, Shape, states, toneText } from '../../ui/status.tsx'
import { type Column, rowsOf, Table } from '../../ui/table.tsx'
import { Ago } from '../../ui/time.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { stringifySearch, text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { count, plural } from '../../words.ts'
import { NewPage } from './new-page.tsx'
import { addressOf, type StatusPage, stateOf, useFoundMonitors, useStatusPages } from './queries.ts'

const shape = { open: text(), sel: text(), report: text(), title: text(), monitor: text(), since: text() }

/** What the public sees now, page by page. `?report=new` (from an incident) goes on to the page that is chosen. */
export function Page() {
  useTitle('Status pages')
  const pages = useStatusPages()
  const monitors = useFoundMonitors('')
  const { may } = useMe()
  const go = useGo()
  const [view, setView] = useUrlState(shape)
  const mayWrite = may('status-pages:write')
  const make = () => mayWrite && setView({ open: 'new' })
  useKeys([{ keys: 'c', label: 'New status page', group: 'This page', run: make }])
  const { report, title, monitor, since } = view
  const href = (p: StatusPage) => `/status-pages/${p.id}${stringifySearch({ report, title, monitor, since })}`
  const wrong = (pages.data ?? []).filter((p) => p.aggregate_state !== 'operational' && p.aggregate_state !== 'unknown').length
  const watched = monitors.data?.data.length ?? 0

  return (
    <>
      <PageHeader
        title="Status pages"
        lead={
          pages.data && pages.data.length > 0 && <span>{report ? 'On which page do you write?' : sayings(pages.data.length, wrong)}</span>
        }
        actions={
          mayWrite && (
            <Button kind="primary" icon={Plus} keys="c" onClick={make}>
              New status page
            </Button>
          )
        }
      />
      <Panel label="Status pages" className="overflow-hidden">
        <Load query={pages}>
          {(list) =>
            list.length ? (
              <Table
                label="Status pages table"
                columns={columns(href)}
                rows={rowsOf(list, (p) => p.id)}
                href={href}
                selected={view.sel || null}
                onSelect={(sel) => setView({ sel }, { replace: true })}
                rowClass="[&>td]:h-14 [&>td]:whitespace-nowrap"
                estimate={57}
              />
            ) : (
              <EmptyState title="No status page yet">
                <p>
                  It takes what your monitors measure and says it in words your customers understand. It is seen by nobody until you publish
                  it.
                </p>
                {mayWrite && (
                  <Button kind="primary" keys="c" onClick={make}>
                    {watched ? `Create it from ${watched === 8 ? 'your monitors' : plural(watched, 'monitor')}` : 'Create a status page'}
                  </Button>
                )}
              </EmptyState>
            )
          }
        </Load>
      </Panel>
      {view.open === 'new' && mayWrite && (
        <NewPage onClose={() => setView({ open: '' }, { replace: true })} onDone={(p) => go(`/status-pages/${p.id}`)} />
      )}
    </>
  )
}

/** "1 of 3 says that something is wrong", "All 3 say that all is well". */
export function sayings(all: number, wrong: number): string {
  if (wrong) return `${count(wrong)} of ${count(all)} ${wrong === 1 ? 'says' : 'say'} that something is wrong`
  return all === 1 ? 'It says that all is well' : `All ${count(all)} say that all is well`
}

const columns = (href: (p: StatusPage) => string): Column<StatusPage>[] => [
  {
    id: 'says',
    head: 'What the public sees now',
    className: 'phone:w-full phone:max-w-0',
    cell: (p) => (
      <To href={href(p)} className="block">
        <Says page={p} />
        <span className="block max-w-[420px] truncate pl-5 text-12 leading-4 text-text-3">{p.name}</span>
      </To>
    ),
  },
  {
    id: 'address',
    head: 'Address',
    className: 'phone:hidden',
    cell: (p) => (
      <TextLink href={p.url} className="font-mono text-12">
        {addressOf(p)}
      </TextLink>
    ),
  },
  { id: 'reports', head: 'Open reports', numeric: true, className: 'narrow:hidden', cell: (p) => count(p.open_reports) },
  { id: 'overridden', head: 'Overridden', numeric: true, className: 'narrow:hidden text-text-2', cell: (p) => count(p.overridden) },
  {
    id: 'update',
    head: 'Last update',
    numeric: true,
    className: 'narrow:hidden text-text-2',
    cell: (p) => (p.last_update_at ? <Ago at={p.last_update_at} /> : 'never'),
  },
  { id: 'state', head: 'State', cell: (p) => <Published page={p} /> },
]

/** Glyph and sentence: the first line of the public page. */
function Says({ page }: { page: StatusPage }) {
  const state = stateOf[page.aggregate_state]
  return (
    <span className={cx('inline-flex max-w-full items-center gap-1.5 font-550', toneText[states[state].tone])}>
      <Shape state={state} />
      <span className="max-w-[380px] truncate">{page.sentence}</span>
    </span>
  )
}

export const Published = ({ page }: { page: Pick<StatusPage, 'published'> }) =>
  page.published ? <Pill state="resolved" word="Published" /> : <Pill state="paused" word="Not published" />
