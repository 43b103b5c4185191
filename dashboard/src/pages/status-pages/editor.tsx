import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ChevronRight, Monitor } from 'lucide-react'
import { useMemo, useState } from 'react'
import { ApiError, sentence } from '../../api.ts'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { TextLink, To, useGo } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Note, PageHeader, Panel } from '../../ui/panel.tsx'
import { Load } from '../../ui/state.tsx'
import { Shape } from '../../ui/status.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Ago } from '../../ui/time.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { choice, text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { count, plural } from '../../words.ts'
import { NotFound } from '../not-found.tsx'
import { Access } from './access.tsx'
import { Components } from './components.tsx'
import { DeletePage } from './delete-page.tsx'
import type { Resource, Section } from './draft.ts'
import { Look } from './look.tsx'
import { Published } from './page.tsx'
import { Preview } from './preview.tsx'
import { addressOf, partsQuery, reportsQuery, type StatusPage, statusPageQuery } from './queries.ts'
import { ReportTab } from './reports.tsx'
import { useDraft } from './use-draft.ts'

const tabs = ['components', 'reports', 'look', 'access'] as const
export const shape = { tab: choice(...tabs), report: text() }

/** `/status-pages/:id`: its parts left, the page as the public reads it right. */
export function Page() {
  const { id = '' } = useParams({ strict: false })
  const page = useQuery(statusPageQuery(id))
  const parts = useQuery(partsQuery(id))
  if (page.error instanceof ApiError && page.error.status === 404 && !page.data) return <NotFound />
  return (
    <>
      {(!page.data || !parts.data) && <PageHeader title="Status page" />}
      <Load query={page}>{(p) => <Load query={parts}>{(saved) => <Editor key={p.id} page={p} saved={saved} />}</Load>}</Load>
    </>
  )
}

type Props = { page: StatusPage; saved: { sections: Section[]; resources: Resource[] } }

function Editor({ page, saved }: Props) {
  useTitle(`${page.name} · Status pages`)
  const { may } = useMe()
  const mayWrite = may('status-pages:write')
  const go = useGo()
  const [view, setView] = useUrlState(shape)
  const [deleting, setDeleting] = useState(false)
  const reports = useQuery(reportsQuery(page.id))
  const editing = useDraft(page.id, saved)
  const { draft, changes, publish, publishing, discard } = editing
  const tab = view.report ? 'reports' : view.tab
  const write = () => mayWrite && setView({ tab: 'reports', report: 'new' })
  // Esc goes up only where nothing that was typed could be lost
  const mayLoseText = Boolean(view.report) || changes.length > 0 || tab === 'look' || tab === 'access'
  useKeys([
    { keys: 'u', label: 'Write a report', group: 'This page', run: write },
    ...(mayLoseText ? [] : [{ keys: 'escape', label: 'Up to the list', group: 'This page', run: () => go('/status-pages') }]),
    { keys: 'mod+s', label: 'Publish the changes', group: 'This page', run: () => mayWrite && publish() },
  ])
  // whatever the public reads was changed: the preview loads anew
  const version = useMemo(() => ({ page, saved, said: reports.data }), [page, saved, reports.data])
  const open = (reports.data ?? []).filter((r) => r.phase !== 'over').length
  const href = (t: (typeof tabs)[number]) => `/status-pages/${page.id}${t === 'components' ? '' : `?tab=${t}`}`

  return (
    <>
      <PageHeader
        title={
          <nav aria-label="Breadcrumb" className="flex items-center gap-1.5 text-text-3">
            <To href="/status-pages" className="hover:text-text">
              Status pages
            </To>
            <Icon of={ChevronRight} size={12} />
            <span aria-current="page" className="truncate text-text-2">
              {page.name}
            </span>
          </nav>
        }
      />
      <div className="flex flex-wrap items-start gap-3 pt-0.5 pb-3">
        <div className="min-w-0">
          <h1 className="text-20 font-semibold tracking-[-0.015em] [overflow-wrap:anywhere]">
            {page.name} says: {page.sentence}
          </h1>
          <p className="flex flex-wrap items-center gap-x-3.5 gap-y-1 text-12 leading-5 text-text-2">
            <Published page={page} />
            <TextLink href={page.url} className="font-mono text-12">
              {addressOf(page)}
            </TextLink>
            <span>
              {page.last_update_at ? (
                <>
                  last update <Ago at={page.last_update_at} />
                </>
              ) : (
                'no update yet'
              )}
            </span>
            {page.overridden > 0 && <span>{plural(page.overridden, 'component')} overridden</span>}
          </p>
        </div>
        {mayWrite && !view.report && (
          <div className="ml-auto flex gap-2 phone:w-full phone:[&>*]:flex-1">
            <Button icon={Monitor} keys="u" onClick={write}>
              Write a report
            </Button>
            {changes.length > 0 && (
              <Button kind="primary" keys="mod+s" busy={publishing} onClick={publish}>
                Publish {plural(changes.length, 'change')}
              </Button>
            )}
            <Menu
              items={[
                ...(changes.length ? [{ label: 'Discard changes', run: discard }] : []),
                { label: 'Delete status page', danger: true, run: () => setDeleting(true) },
              ]}
            />
          </div>
        )}
      </div>
      {editing.error != null && (
        <div role="alert" className="mb-3">
          <Note tone="down" icon={<Shape state="down" className="text-down" />}>
            <b>Not everything is published.</b> {sentence(editing.error)} What is left is still here; press Publish again.
          </Note>
        </div>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.05fr)] items-start gap-4 narrow:grid-cols-[minmax(0,1fr)]">
        <Panel label={tab}>
          <div className="[&>nav]:px-3.5">
            <Tabs
              label="Parts of this page"
              tabs={[
                {
                  href: href('components'),
                  name: <Named name="Components" n={count(draft.flatMap((s) => s.items).length)} />,
                  current: tab === 'components',
                },
                { href: href('reports'), name: <Named name="Reports" n={open ? `${open} open` : ''} />, current: tab === 'reports' },
                { href: href('look'), name: 'Look', current: tab === 'look' },
                { href: href('access'), name: 'Access', current: tab === 'access' },
              ]}
            />
          </div>
          {tab === 'components' && <Components editing={editing} reports={reports.data ?? []} mayWrite={mayWrite} />}
          {tab === 'reports' && <ReportTab page={page} draft={draft} reports={reports} mayWrite={mayWrite} />}
          {tab === 'look' && <Look key={page.updated_at} page={page} mayWrite={mayWrite} />}
          {tab === 'access' && <Access key={page.updated_at} page={page} mayWrite={mayWrite} />}
        </Panel>
        <Preview page={page} unpublished={changes.length} version={version} />
      </div>
      {deleting && <DeletePage page={page} onClose={() => setDeleting(false)} onDone={() => go('/status-pages')} />}
    </>
  )
}

const Named = ({ name, n }: { name: string; n: string }) => (
  <>
    {name} {n && <span className="font-normal text-text-3">{n}</span>}
  </>
)
