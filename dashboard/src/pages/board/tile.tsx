import { useQueries } from '@tanstack/react-query'
import { Bell, Copy, Expand, GripVertical, Pencil, Trash2 } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useMemo } from 'react'
import { type Chosen, interpolate } from '../../../../shared/metrics/boards/interpolate.ts'
import { ApiError, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import type { ChartLine } from '../../ui/chart-extras.ts'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { instantQuery, nameOf, onSteps, rangeQuery, stepFor } from './data.ts'
import { DRAWN_MAX, Lines, type Named } from './lines.tsx'
import { sharedPanelQuery, useShared } from './shared.ts'
import { Markdown } from './text.tsx'
import { said } from './units.ts'
import { Bars, DataTable, Gauge, Heatmap, Stat } from './visuals.tsx'
import type { Panel } from './wire.ts'

export type Verbs = { edit: () => void; copy: () => void; remove: () => void; open: () => void; alert: () => void }
type Hand = { onPointerDown: (e: PointerEvent) => void; onKeyDown: (e: KeyboardEvent) => void }
type Props = {
  panel: Panel
  height: number
  width: number
  chosen: Chosen
  range: { from: number; to: number }
  zone: string
  editing: boolean
  full?: boolean
  canEdit: boolean
  verbs: Verbs
  move?: Hand
  size?: Hand
  onRange: (from: number, to: number) => void
}
const HEAD_PX = 34

/** One panel: its head, and whatever its queries give. It loads by itself and never holds up the board. */
export function Tile(props: Props) {
  const { panel, editing, full, verbs, canEdit } = props
  // under the heading of its section, where it has one
  const Heading = panel.section && !full ? 'h3' : 'h2'
  const shared = useShared()
  const items: MenuItem[] = shared ? [] : [
    ...(full ? [] : [{ label: 'Full screen', icon: Expand, keys: 'v', run: verbs.open }]),
    ...(canEdit ? [{ label: 'Edit', icon: Pencil, keys: 'e', run: verbs.edit }] : []),
    ...(panel.queries.length ? [{ label: 'Alert from this', icon: Bell, keys: 'a', run: verbs.alert }] : []),
    ...(canEdit ? [{ label: 'Duplicate', icon: Copy, run: verbs.copy }, { label: 'Remove', icon: Trash2, danger: true, run: verbs.remove }] : []),
  ] // biome-ignore format: a menu
  return (
    <section
      aria-label={panel.title || 'Panel'}
      className={cx(
        'group relative grid h-full min-w-0 grid-rows-[auto_minmax(0,1fr)] overflow-hidden rounded-3 border bg-surface',
        editing ? 'border-line-strong' : 'border-line',
      )}
    >
      <div className={cx('flex items-center gap-1 pr-1 pl-3.5', editing && 'bg-sunken')} style={{ height: HEAD_PX }}>
        {props.move && (
          <button
            type="button"
            aria-label={`Move ${panel.title || 'this panel'}: drag, or arrow keys`}
            className="-ml-2 grid size-6 cursor-grab touch-none place-items-center text-text-3 active:cursor-grabbing"
            {...props.move}
          >
            <Icon of={GripVertical} size={14} />
          </button>
        )}
        <Heading className="min-w-0 truncate text-13 font-550" title={panel.description || undefined}>
          {panel.title}
        </Heading>
        <span className="ml-auto opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
          {items.length > 0 && <Menu quiet label={`Actions of ${panel.title || 'this panel'}`} items={items} />}
        </span>
      </div>
      {panel.type === 'text' ? <Markdown text={panel.text} /> : <Content {...props} height={props.height - HEAD_PX} />}
      {props.size && (
        <button
          type="button"
          aria-label={`Resize ${panel.title || 'this panel'}: drag, or arrow keys`}
          className="absolute right-0 bottom-0 grid size-6 cursor-nwse-resize touch-none place-items-center text-text-3"
          {...props.size}
        >
          <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
            <path d="M9 1v8H1M9 5v4H5" className="fill-none stroke-current" strokeWidth="1.2" />
          </svg>
        </button>
      )}
    </section>
  )
}

function Content({ panel, height, width, chosen, range, zone, full, onRange }: Props) {
  const stepMs = stepFor(range.from, range.to, width)
  const shown = panel.queries.filter((q) => !q.hidden)
  const { from, to } = onSteps(range.from, range.to, stepMs)
  const token = useShared()
  const results = useQueries({
    queries: shown.map((q) => {
      if (token)
        return sharedPanelQuery(token, { panel: panel.id, ref: q.ref, variables: chosen, from, to, step: stepMs }) as ReturnType<
          typeof rangeQuery
        >
      const expr = interpolate(q.expr, chosen, { stepS: stepMs / 1000, rangeS: (range.to - range.from) / 1000 })
      return (q.instant ? instantQuery(expr, to) : rangeQuery(expr, from, to, stepMs)) as ReturnType<typeof rangeQuery>
    }),
  })
  const key = results.map((r) => r.dataUpdatedAt).join()
  const lines = useMemo(
    () =>
      results.flatMap(({ data = [] }, i) => {
        const { legend, ref } = shown[i]!
        return data.map((line): Named => ({ ...line, name: nameOf(line, legend, data, panel.title || ref) }))
      }),
    [key, panel],
  )
  const error = results.find((r) => r.error && !r.data)?.error
  const loading = results.some((r) => r.isPending && r.fetchStatus !== 'idle')
  const stale = results.some((r) => r.isPlaceholderData)
  if (error) return <Refused error={error} again={() => results.forEach((r) => void r.refetch())} />
  if (!shown.length) return <p className="px-3.5 text-12 text-text-3">This panel has no query yet.</p>
  if (loading && !lines.length)
    return (
      <div aria-busy="true" role="status" aria-label={`Loading ${panel.title}`} className="skeleton px-3.5 pb-3">
        <div className="h-full rounded-2 bg-hover" />
      </div>
    )
  if (!lines.some((l) => l.points.some((p) => p.value !== null)))
    return <p className="px-3.5 pt-1 text-12 text-text-3">No data in this range. A value of zero would be drawn.</p>
  const thresholds: ChartLine[] = panel.thresholds.map((t) => ({
    value: t.value,
    tone: t.tone,
    label: `${said(t.value, panel.unit, panel.decimals)}`,
  }))
  const legendPx = full ? (lines.length > 6 ? 150 : 44) : 30
  return (
    <div className={cx('min-h-0 min-w-0', stale && 'opacity-100 grayscale')}>
      {lines.length > DRAWN_MAX && panel.type === 'timeseries' && (
        <p className="px-3.5 text-12 text-text-3">
          The {DRAWN_MAX} largest of {lines.length} lines. Aggregate the query to see fewer.
        </p>
      )}
      {panel.type === 'timeseries' ? (
        <div className="px-2">
          <Lines
            label={panel.title || 'Panel'}
            lines={lines}
            range={{ from, to }}
            stepMs={stepMs}
            zone={zone}
            unit={panel.unit}
            decimals={panel.decimals}
            height={Math.max(60, height - legendPx - (lines.length > DRAWN_MAX ? 18 : 0))}
            thresholds={thresholds}
            min={panel.min}
            max={panel.max}
            stacked={panel.stacked}
            legend={full ? 40 : height < 150 ? 0 : 6}
            onRange={onRange}
          />
        </div>
      ) : (
        <Visual panel={panel} lines={lines} height={height} />
      )}
    </div>
  )
}

function Visual({ panel, lines, height }: { panel: Panel; lines: readonly Named[]; height: number }) {
  const props = { panel, lines, height }
  switch (panel.type) {
    case 'stat':
      return <Stat {...props} />
    case 'gauge':
      return <Gauge {...props} />
    case 'bar':
      return <Bars {...props} />
    case 'table':
      return <DataTable {...props} />
    case 'heatmap':
      return <Heatmap {...props} />
    default:
      return null
  }
}

/** What the query's author reads: Prometheus' own sentence. The others go on. */
function Refused({ error, again }: { error: unknown; again: () => void }) {
  const why = error instanceof ApiError ? (error.errors[0]?.message ?? sentence(error)) : sentence(error)
  return (
    <div className="px-3.5 text-12" role="alert">
      <p className="line-clamp-3 text-down">{why}</p>
      <Button kind="ghost" className="-ml-2.5" onClick={again}>
        Try again
      </Button>
    </div>
  )
}
