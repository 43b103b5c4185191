import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, Upload } from 'lucide-react'
import { useMemo, useState } from 'react'
import { interpolate } from '../../../../shared/metrics/boards/interpolate.ts'
import { api, sentence } from '../../api.ts'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { Sparkline } from '../../ui/bars.tsx'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { To, useGo } from '../../ui/link.tsx'
import { PageHeader, Panel } from '../../ui/panel.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { EmptyState, Load } from '../../ui/state.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { Ago, useNow } from '../../ui/time.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { choice, text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { plural } from '../../words.ts'
import { onSteps, rangeQuery } from '../board/data.ts'
import { boardsQuery } from '../board/queries.ts'
import type { Board, BoardLine } from '../board/wire.ts'
import { ImportBoard } from './import.tsx'

const shape = { q: text(), open: choice('', 'new', 'import') }

/** `/dashboards`: every board with a glance at its first query. */
export function Page() {
  useTitle('Dashboards')
  const [view, setView] = useUrlState(shape)
  const may = useMe().may('metrics:write')
  const query = useQuery(boardsQuery(view.q))
  useKeys(may ? [{ keys: 'c', label: 'New dashboard', group: 'Actions', run: () => setView({ open: 'new' }) }] : [])
  return (
    <>
      <PageHeader
        title="Dashboards"
        lead={query.data && query.data.data.length > 0 && <span>{plural(query.data.data.length, 'board')}</span>}
        actions={
          may && (
            <>
              <Button icon={Upload} onClick={() => setView({ open: 'import' })}>
                Import
              </Button>
              <Button kind="primary" icon={Plus} keys="c" onClick={() => setView({ open: 'new' })}>
                New dashboard
              </Button>
            </>
          )
        }
      />
      <Load query={query}>
        {({ data }) =>
          data.length ? (
            <>
              {(data.length > 8 || view.q) && (
                <TextInput
                  aria-label="Filter dashboards by name"
                  placeholder="Filter by name"
                  className="mb-3 max-w-80"
                  value={view.q}
                  onChange={(e) => setView({ q: e.target.value }, { replace: true })}
                />
              )}
              <ul className="grid grid-cols-3 gap-4 narrow:grid-cols-2 phone:grid-cols-[minmax(0,1fr)]">
                {data.map((board) => (
                  <li key={board.id}>
                    <Card board={board} />
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <Panel label="No dashboards">
              {view.q ? (
                <EmptyState title="Nothing matches">
                  <p>No dashboard is called “{view.q}”.</p>
                  <Button onClick={() => setView({ q: '' })}>Clear the filter</Button>
                </EmptyState>
              ) : (
                <EmptyState title="No dashboards yet">
                  <p>
                    A board puts what you watch side by side: PromQL over everything you send, with variables, a range of time and a link to
                    share. Boards of Grafana come over as they are.
                  </p>
                  {may && (
                    <div className="flex flex-wrap gap-2">
                      <Button kind="primary" icon={Plus} onClick={() => setView({ open: 'new' })}>
                        New dashboard
                      </Button>
                      <Button icon={Upload} onClick={() => setView({ open: 'import' })}>
                        Import from Grafana
                      </Button>
                    </div>
                  )}
                </EmptyState>
              )}
            </Panel>
          )
        }
      </Load>
      {view.open === 'new' && <NewBoard onClose={() => setView({ open: '' })} />}
      {view.open === 'import' && <ImportBoard onClose={() => setView({ open: '' })} />}
    </>
  )
}

const HOURS_6 = 6 * 3_600_000

/** The whole card leads to the board. Its line is the first query over six hours, drawn once it is in view and never awaited. */
function Card({ board }: { board: BoardLine }) {
  const tick = useNow(60_000)
  const { from, to } = useMemo(() => onSteps(tick - HOURS_6, tick, 300_000), [tick])
  const expr = board.preview ? interpolate(board.preview, {}, { stepS: 300, rangeS: 21_600 }).replace(/\$\{?\w+\}?/g, '.*') : ''
  const lines = useQuery({ ...rangeQuery(expr, from, to, 300_000), retry: false, staleTime: 300_000 }).data ?? []
  const drawn = lines.slice(0, 3)
  return (
    <To href={`/dashboards/${board.id}`} className="block rounded-3 border border-line bg-surface hover:border-line-strong hover:bg-hover">
      <div className="h-24 overflow-hidden border-b border-line-soft px-3.5 pt-4" aria-hidden="true">
        {drawn.length ? (
          <div className="relative h-full">
            {drawn.map((l, i) => (
              <Sparkline
                key={i}
                values={l.points.map((p) => p.value)}
                width={300}
                height={72}
                className="absolute inset-0 h-[72px] w-full"
              />
            ))}
          </div>
        ) : (
          <div className="mt-12 border-t border-dashed border-line" />
        )}
      </div>
      <div className="px-3.5 py-2.5">
        <h2 className="truncate text-14 font-semibold">{board.name}</h2>
        <p className="truncate text-12 text-text-3">
          {plural(board.panels_count, 'panel')} · saved <Ago at={board.updated_at} /> by {board.updated_by.name}
        </p>
      </div>
    </To>
  )
}

function NewBoard({ onClose }: { onClose: () => void }) {
  const go = useGo()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [error, setError] = useState('')
  const [busy, setBusy] = useState(false)
  const make = async () => {
    if (busy) return
    if (!name.trim()) return setError('Give it a name, such as Checkout.')
    setBusy(true)
    try {
      const board = await api.post<Board>('/api/metrics/dashboards', { name })
      void client.invalidateQueries({ queryKey: ['dashboards'] })
      go(`/dashboards/${board.id}?edit=1`)
    } catch (e) {
      setError(sentence(e))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title="New dashboard"
      onClose={onClose}
      dirty={name !== ''}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" keys="mod+enter" busy={busy} onClick={make}>
            Create dashboard
          </Button>
        </>
      }
    >
      <SubmitKey label="Create dashboard" run={make} />
      <form
        noValidate
        onSubmit={(e) => {
          e.preventDefault()
          void make()
        }}
      >
        <Field label="Name" error={error}>
          {(aria) => <TextInput {...aria} big value={name} onChange={(e) => setName(e.target.value)} />}
        </Field>
      </form>
    </Dialog>
  )
}
