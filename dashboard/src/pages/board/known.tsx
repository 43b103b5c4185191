import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { History, Link2, Pencil, Plus, RotateCw } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { ApiError, api, sentence } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { fromInstants, rangeOf, shifted } from '../../range.ts'
import { useMe } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { useGo } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Note, PageHeader } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { list, type Search, stringifySearch, text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { clock } from '../../words.ts'
import { RangePicker } from '../logs/range-picker.tsx'
import { EditPanel } from './edit-panel.tsx'
import { EditVariables } from './edit-variables.tsx'
import { exportBoard } from './export.ts'
import { FullScreen } from './full-screen.tsx'
import { Grid } from './grid.tsx'
import { interpolate } from './interpolate.ts'
import { below } from './layout.ts'
import { Crumbs } from './page.tsx'
import { useVariables, Variables } from './variables.tsx'
import { Versions } from './versions.tsx'
import type { Board, Panel } from './wire.ts'

/** `edit`: the board is being changed. `panel`: the one on full screen. `refresh`: seconds, when it is not the board's own. */
const shape = { from: text(), to: text(), edit: text(), panel: text(), open: text(), refresh: text(), fold: list() }
const refreshes = [0, 10, 30, 60, 300]
const every = (s: number) => (s === 0 ? 'Off' : s < 60 ? `${s} s` : `${s / 60} m`)

export function Known({ board, given }: { board: Board; given: Search }) {
  const zone = useZone()
  const go = useGo()
  const navigate = useNavigate()
  const client = useQueryClient()
  const may = useMe().may('metrics:write')
  const [view, setView] = useUrlState(shape)
  const [asOf, setAsOf] = useState(() => Date.now())
  const [draft, setDraft] = useState<Board | null>(null)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const [fresh, setFresh] = useState<Panel | null>(null)
  const editing = view.edit === '1' && may
  const shown = editing && draft ? draft : board
  const range = useMemo(
    () => rangeOf(view.from, view.to, asOf, board.date_range_from.replace(/^(now)?-/, '')),
    [view.from, view.to, asOf, board.date_range_from],
  )
  const vars = useMemo(
    () => Object.fromEntries(Object.entries(given).flatMap(([k, v]) => (k.startsWith('var-') ? [[k.slice(4), v]] : []))),
    [given],
  )
  const { chosen, offered } = useVariables(shown.variables, vars)
  const refresh = view.refresh === '' ? board.refresh_interval : Number(view.refresh) || 0

  useEffect(() => {
    if (!refresh || !range.live) return
    const timer = setInterval(() => document.visibilityState === 'visible' && setAsOf(Date.now()), refresh * 1000)
    return () => clearInterval(timer)
  }, [refresh, range.live])
  useEffect(() => {
    if (editing && !draft) setDraft(board)
    if (!editing && draft) setDraft(null)
  }, [editing, draft, board])

  const changed = draft !== null && JSON.stringify(draft) !== JSON.stringify(board)
  const panels = (next: Panel[]) => setDraft((d) => ({ ...(d ?? board), panels: next }))
  const begin = () => setView({ edit: '1' })
  const end = () => {
    if (changed && !confirm('Leave without saving what you changed?')) return
    setRefused(null)
    setView({ edit: '', open: '' })
  }
  const save = async () => {
    if (!draft || busy) return
    setBusy(true)
    setRefused(null)
    try {
      const { name, description, panels, variables, date_range_from, refresh_interval, version } = draft
      const saved = await api.patch<Board>(`/api/metrics/dashboards/${board.id}`, {
        name,
        description,
        panels,
        variables,
        date_range_from,
        refresh_interval,
        version,
      })
      client.setQueryData(['dashboard', board.id], saved)
      void client.invalidateQueries({ queryKey: ['dashboards'] })
      toast(`Saved ${saved.name}, version ${saved.version}`)
      setDraft(null)
      setView({ edit: '', open: '' })
    } catch (e) {
      setRefused(e instanceof ApiError && e.errors[0] ? `${e.message} ${e.errors[0].path}: ${e.errors[0].message}` : sentence(e))
    } finally {
      setBusy(false)
    }
  }
  const setVar = (name: string, values: readonly string[]) =>
    navigate({ to: '.', search: ((now: Search) => ({ ...now, [`var-${name}`]: values.join(',') })) as never, resetScroll: false })
  const add = () => {
    const id = `p${Math.max(0, ...shown.panels.map((p) => Number(/^p(\d+)$/.exec(p.id)?.[1] ?? 0))) + 1}`
    setFresh({ id, title: '', description: '', type: 'timeseries', queries: [{ ref: 'A', expr: '', legend: '', instant: false, hidden: false }], unit: 'short', decimals: null, thresholds: [], min: null, max: null, stacked: false, reduce: 'last', text: '', section: '', position: below(shown.panels) }) // biome-ignore format: a panel
  }
  const now = () => setAsOf(Date.now())
  const copyLink = () => {
    // the instants of what is seen, so that whoever opens the link sees the same
    const { edit: _, open: __, ...rest } = given
    const search = stringifySearch({ ...rest, ...fromInstants(range.from, range.to) })
    void navigator.clipboard
      .writeText(`${location.origin}${location.pathname}${search}`)
      .then(() => toast('Link copied: it shows this range and these variables'))
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
  const tile = {
    chosen,
    range,
    zone,
    editing,
    canEdit: may,
    onRange: (from: number, to: number) => setView(fromInstants(from, to)),
  }
  return (
    <>
      <PageHeader
        title={
          editing ? (
            <>
              <h1 className="sr-only">Edit {board.name}</h1>
              <TextInput
                aria-label="Name of the dashboard"
                className="max-w-80 font-semibold"
                value={shown.name}
                onChange={(e) => setDraft((d) => ({ ...(d ?? board), name: e.target.value }))}
              />
            </>
          ) : (
            <Crumbs name={board.name} />
          )
        }
        actions={
          editing ? (
            <>
              <Button onClick={() => setView({ open: 'variables' })} className="phone:hidden">
                Variables
              </Button>
              <Button icon={Plus} onClick={add}>
                Panel
              </Button>
              <Button onClick={end}>Cancel</Button>
              <Button kind="primary" keys="mod+s" busy={busy} onClick={save}>
                Save
              </Button>
            </>
          ) : (
            <>
              <Button kind="ghost" icon={RotateCw} keys="." onClick={now} aria-label={`As of ${clock(asOf, zone)}. Ask again, key .`}>
                <span className="phone:hidden">{clock(asOf, zone)}</span>
              </Button>
              <label className="flex items-center gap-1.5 text-12 text-text-3 phone:hidden">
                every
                <select
                  aria-label="Refresh by itself"
                  value={String(refresh)}
                  onChange={(e) => setView({ refresh: e.target.value })}
                  className="h-(--control) rounded-2 border border-line-strong bg-surface px-1.5 text-13 text-text"
                >
                  {[...new Set([...refreshes, refresh])].map((s) => (
                    <option key={s} value={s}>
                      {every(s)}
                    </option>
                  ))}
                </select>
              </label>
              <RangePicker
                range={range}
                zone={zone}
                now={asOf}
                onChange={(to) => {
                  now()
                  setView(to)
                }}
              />
              <Menu
                items={[
                  ...(may ? [{ label: 'Edit', icon: Pencil, keys: 'e', run: begin }] : []),
                  { label: 'Copy link', icon: Link2, run: copyLink },
                  { label: 'Versions', icon: History, run: () => setView({ open: 'versions' }) },
                  { label: 'Export JSON', run: () => void exportBoard(board) },
                  ...(may
                    ? [
                        {
                          label: 'Delete dashboard',
                          danger: true,
                          run: () =>
                            void remove(board, () => {
                              void client.invalidateQueries({ queryKey: ['dashboards'] })
                              go('/dashboards')
                            }),
                        },
                      ]
                    : []),
                ]}
              />
            </>
          )
        }
      />
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
              begin()
              panels([
                ...shown.panels,
                { ...p, id: `${p.id.slice(0, 50)}-${shown.panels.length}`, position: below(shown.panels, p.position.w, p.position.h) },
              ])
            },
            remove: () => {
              begin()
              panels(shown.panels.filter((o) => o.id !== p.id))
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
      {editing && (edited ?? fresh) && (
        <EditPanel
          key={(edited ?? fresh)!.id}
          panel={(edited ?? fresh)!}
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
            setDraft((d) => ({ ...(d ?? board), variables }))
            setView({ open: '' })
          }}
        />
      )}
      {view.open === 'versions' && <Versions board={board} may={may} onClose={() => setView({ open: '' })} />}
    </>
  )
}

async function remove(board: Board, done: () => void) {
  if (!confirm(`Delete ${board.name} with its ${board.panels.length} panels?`)) return
  try {
    await api.delete(`/api/metrics/dashboards/${board.id}`)
    toast(`Deleted ${board.name}`)
    done()
  } catch (e) {
    toast(sentence(e))
  }
}
