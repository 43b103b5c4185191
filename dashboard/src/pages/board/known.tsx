import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { interpolate } from '../../../../shared/metrics/boards/interpolate.ts'
import { useZone } from '../../prefs.ts'
import { fromInstants, rangeOf, shifted } from '../../range.ts'
import { useMe } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { useGo } from '../../ui/link.tsx'
import { Note } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { list, type Search, stringifySearch, text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { EditPanel } from './edit-panel.tsx'
import { EditVariables } from './edit-variables.tsx'
import { FullScreen } from './full-screen.tsx'
import { Grid } from './grid.tsx'
import { EditHeader, Header } from './header.tsx'
import { below } from './layout.ts'
import { Links } from './links.tsx'
import { useAskAgain, useVarsOfAddress } from './use-address.ts'
import { useDraft } from './use-draft.ts'
import { useVariables, Variables } from './variables.tsx'
import { Versions } from './versions.tsx'
import type { Board, Panel } from './wire.ts'

/** `edit`: the board is being changed. `panel`: the one on full screen. `refresh`: seconds, when it is not the board's own. */
const shape = { from: text(), to: text(), edit: text(), panel: text(), open: text(), refresh: text(), fold: list() }

export function Known({ board, given }: { board: Board; given: Search }) {
  const zone = useZone()
  const go = useGo()
  const may = useMe().may('metrics:write')
  const [view, setView] = useUrlState(shape)
  const [asOf, setAsOf] = useState(() => Date.now())
  const [fresh, setFresh] = useState<Panel | null>(null)
  const editing = view.edit === '1' && may
  const { shown, changed, change, save, busy, refused } = useDraft(board, editing, () => setView({ edit: '', open: '' }))
  const range = useMemo(
    () => rangeOf(view.from, view.to, asOf, board.date_range_from.replace(/^(now)?-/, '')),
    [view.from, view.to, asOf, board.date_range_from],
  )
  const { vars, setVar } = useVarsOfAddress(given)
  const { chosen, offered } = useVariables(shown.variables, vars)
  const refresh = view.refresh === '' ? board.refresh_interval : Number(view.refresh) || 0
  useAskAgain(refresh, range.live, setAsOf)

  const panels = (next: Panel[]) => change({ panels: next })
  const begin = () => setView({ edit: '1' })
  const end = () => {
    if (!changed || confirm('Leave without saving what you changed?')) setView({ edit: '', open: '' })
  }
  const add = () => setFresh(newPanel(shown.panels))
  const now = () => setAsOf(Date.now())
  const copyLink = () => {
    // the instants of what is seen, so that whoever opens the link sees the same
    const { edit: _, open: __, ...rest } = given
    const link = `${location.origin}${location.pathname}${stringifySearch({ ...rest, ...fromInstants(range.from, range.to) })}`
    void navigator.clipboard.writeText(link).then(() => toast('Link copied: it shows this range and these variables'))
  }
  const edited = shown.panels.find((p) => p.id === view.open) ?? null
  const full = shown.panels.find((p) => p.id === view.panel) ?? null
  const alertFrom = (p: Panel) => {
    const expr = interpolate(p.queries.find((q) => !q.hidden)?.expr ?? '', chosen, { stepS: 60, rangeS: 3600 })
    const threshold = p.thresholds.find((t) => t.tone !== 'up')?.value
    go(`/alerts/new${stringifySearch({ expr, name: p.title, threshold: threshold === undefined ? '' : String(threshold) })}`)
  }
  useKeys([
    { keys: '[', label: 'Earlier', group: 'Range', run: () => setView(shifted(range, -1, asOf)) },
    { keys: ']', label: 'Later', group: 'Range', run: () => setView(shifted(range, 1, asOf)) },
    { keys: '.', label: 'Now', group: 'Range', run: now },
    ...(may
      ? [{ keys: 'e', label: editing ? 'Stop editing' : 'Edit the dashboard', group: 'Actions', run: () => (editing ? end() : begin()) }]
      : []),
    ...(editing ? [{ keys: 'mod+s', label: 'Save', group: 'Actions', run: () => void save() }] : []),
  ])
  const tile = { chosen, range, zone, editing, canEdit: may, onRange: (from: number, to: number) => setView(fromInstants(from, to)) }
  const open = edited ?? fresh
  return (
    <>
      {editing ? (
        <EditHeader
          board={board}
          name={shown.name}
          busy={busy}
          onName={(name) => change({ name })}
          onVariables={() => setView({ open: 'variables' })}
          onAdd={add}
          onCancel={end}
          onSave={() => void save()}
        />
      ) : (
        <Header
          {...{ board, zone, asOf, range, refresh, may }}
          onNow={now}
          onRefresh={(s) => setView({ refresh: s })}
          onRange={(to) => {
            now()
            setView(to)
          }}
          onEdit={begin}
          onVersions={() => setView({ open: 'versions' })}
          onCopyLink={copyLink}
          onLinks={() => setView({ open: 'links' })}
        />
      )}
      {refused && (
        <div role="alert" className="mb-3">
          <Note tone="down">{refused}</Note>
        </div>
      )}
      <Variables variables={shown.variables} chosen={chosen} offered={offered} onChange={setVar} />
      {shown.panels.length ? (
        <Grid
          {...tile}
          panels={shown.panels}
          folded={new Set(view.fold)}
          onFold={(s) => setView({ fold: view.fold.includes(s) ? view.fold.filter((f) => f !== s) : [...view.fold, s] })}
          onChange={panels}
          verbs={(p) => ({
            edit: () => setView({ edit: '1', open: p.id }),
            open: () => setView({ panel: p.id }),
            alert: () => alertFrom(p),
            copy: () => {
              panels([...shown.panels, copyOf(p, shown.panels)])
              begin()
            },
            remove: () => {
              panels(shown.panels.filter((o) => o.id !== p.id))
              begin()
            },
          })}
        />
      ) : (
        <div className="rounded-3 border border-line bg-surface">
          <EmptyState title="An empty board">
            <p>A panel shows what a PromQL query gives: as lines, a number, a gauge, bars, a table or a heat map.</p>
            {may && (
              <Button
                kind="primary"
                icon={Plus}
                onClick={() => {
                  begin()
                  add()
                }}
              >
                Add the first panel
              </Button>
            )}
          </EmptyState>
        </div>
      )}
      {full && <FullScreen {...tile} panel={full} onClose={() => setView({ panel: '' })} onAlert={() => alertFrom(full)} />}
      {editing && open && (
        <EditPanel
          key={open.id}
          panel={open}
          isNew={!edited}
          onClose={() => {
            setFresh(null)
            setView({ open: '' })
          }}
          onTake={(p) => {
            panels(edited ? shown.panels.map((o) => (o.id === p.id ? p : o)) : [...shown.panels, p])
            setFresh(null)
            setView({ open: '' })
          }}
        />
      )}
      {editing && view.open === 'variables' && (
        <EditVariables
          variables={shown.variables}
          onClose={() => setView({ open: '' })}
          onTake={(variables) => {
            change({ variables })
            setView({ open: '' })
          }}
        />
      )}
      {view.open === 'links' && <Links board={board} may={may} onClose={() => setView({ open: '' })} />}
      {view.open === 'versions' && <Versions board={board} may={may} onClose={() => setView({ open: '' })} />}
    </>
  )
}

const freeId = (panels: readonly Panel[]) => `p${Math.max(0, ...panels.map((p) => Number(/^p(\d{1,9})$/.exec(p.id)?.[1] ?? 0))) + 1}`
const newPanel = (panels: readonly Panel[]): Panel => ({
  id: freeId(panels), title: '', description: '', type: 'timeseries', queries: [{ ref: 'A', expr: '', legend: '', instant: false, hidden: false }], unit: 'short',
  decimals: null, thresholds: [], min: null, max: null, stacked: false, reduce: 'last', text: '', section: '', position: below(panels),
}) // biome-ignore format: a panel
const copyOf = (p: Panel, panels: readonly Panel[]): Panel => ({
  ...p,
  id: freeId(panels),
  position: below(panels, p.position.w, p.position.h),
})
