import { lazy, Suspense, useMemo, useState } from 'react'
import { cx } from '../../ui/cx.ts'
import { TextLink } from '../../ui/link.tsx'
import { Note } from '../../ui/panel.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { clock, count } from '../../words.ts'
import { type Line, reduced } from '../board/data.ts'
import { DRAWN_MAX, drawnOf, type Named, swatches } from '../board/lines.tsx'
import { said } from '../board/units.ts'
import type { Exemplar } from './queries.ts'

const Chart = lazy(() => import('../../ui/chart.tsx').then((m) => ({ default: m.Chart })))
const none: never[] = []
export type Found = Line & { query: string; name: string }

/** `{job="api", code="200"}` without the name, or the name alone. */
export function nameOf({ __name__: metric = '', ...labels }: Record<string, string>): string {
  const inner = Object.entries(labels)
    .map(([k, v]) => `${k}=${v}`)
    .join(', ')
  return inner ? `${metric}${metric ? ' ' : ''}${inner}` : metric || 'value'
}

/** Lines over time and, under them, the table of their numbers. A click on a name isolates it, Shift adds. */
export function Range({
  found,
  range,
  stepMs,
  zone,
  onRange,
}: {
  found: readonly Found[]
  range: { from: number; to: number }
  stepMs: number
  zone: string
  onRange: (from: number, to: number) => void
}) {
  const [isolated, setIsolated] = useState<ReadonlySet<string>>(new Set())
  const [cursor, setCursor] = useState<number | null>(null)
  const drawn = useMemo(() => drawnOf(found as readonly Named[]), [found])
  const series = useMemo(
    () =>
      drawn.map((l, i) => ({ name: l.name, colour: (i % 8) + 1, points: l.points })).filter((s) => !isolated.size || isolated.has(s.name)),
    [drawn, isolated],
  )
  const lowest = useMemo(() => Math.min(0, ...drawn.flatMap((l) => l.points.map((p) => p.value ?? 0))), [drawn])
  const isolate = (name: string, add: boolean) =>
    setIsolated((now) => {
      if (!add) return now.size === 1 && now.has(name) ? new Set() : new Set([name])
      const next = new Set(now)
      if (!next.delete(name)) next.add(name)
      return next
    })
  const at = (l: Line) =>
    cursor === null ? reduced(l.points, 'last') : (l.points.find((p) => Math.abs(p.at - cursor) < stepMs / 2)?.value ?? null)
  return (
    <>
      {found.length > DRAWN_MAX && (
        <div className="p-2.5 pb-0">
          <Note tone="warn">
            {count(found.length)} series; the {DRAWN_MAX} largest are drawn. Narrow it with a label, <code>sum by (…)</code> or{' '}
            <code>topk(10, …)</code>.
          </Note>
        </div>
      )}
      <div className="px-1 pt-2">
        <Suspense fallback={<div style={{ height: 300 }} />}>
          <Chart
            label={`${drawn.length === 1 ? 'One series' : `${drawn.length} series`} over time. Last: ${drawn
              .slice(0, 6)
              .map((l) => `${l.name} ${said(reduced(l.points, 'last'), 'short')}`)
              .join(', ')}`}
            series={series}
            stepMs={stepMs}
            from={range.from}
            to={range.to}
            bands={none}
            zone={zone}
            height={300}
            min={lowest < 0 ? null : 0}
            format={(v) => said(v, 'short')}
            onCursor={setCursor}
            onSelect={onRange}
            onWiden={() => onRange(range.from - (range.to - range.from), range.to)}
          />
        </Suspense>
      </div>
      <ScrollBox label="Series and their values" className="max-h-80 border-t border-line-soft">
        <table className="w-full border-collapse text-12">
          <thead>
            <tr className="text-text-3 [&>th]:sticky [&>th]:top-0 [&>th]:bg-surface">
              <th className={head}>Series</th>
              <th className={head}>{cursor === null ? 'Last' : clock(cursor, zone)}</th>
              <th className={cx(head, 'phone:hidden')}>Min</th>
              <th className={cx(head, 'phone:hidden')}>Mean</th>
              <th className={head}>Max</th>
            </tr>
          </thead>
          <tbody>
            {drawn.map((l, i) => {
              const on = !isolated.size || isolated.has(l.name)
              return (
                <tr key={`${l.name} ${i}`} className="border-t border-line-soft hover:bg-hover">
                  <td className={cell}>
                    <button
                      type="button"
                      aria-pressed={isolated.has(l.name)}
                      onClick={(e) => isolate(l.name, e.shiftKey)}
                      className={cx('flex min-h-7 max-w-full items-center gap-2 text-left pointer-coarse:min-h-11', !on && 'text-text-3')}
                    >
                      <span
                        aria-hidden="true"
                        className={cx('h-[3px] w-3 flex-none rounded-[2px]', on ? swatches[i % 8] : 'bg-line-strong')}
                      />
                      <span className="font-mono [overflow-wrap:anywhere]">{l.name}</span>
                    </button>
                  </td>
                  <td className={cx(cell, 'font-550')}>{said(at(l), 'short')}</td>
                  <td className={cx(cell, 'phone:hidden')}>{said(reduced(l.points, 'min'), 'short')}</td>
                  <td className={cx(cell, 'phone:hidden')}>{said(reduced(l.points, 'mean'), 'short')}</td>
                  <td className={cell}>{said(reduced(l.points, 'max'), 'short')}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollBox>
    </>
  )
}
const room = 'px-2.5 whitespace-nowrap first:pl-3.5 last:pr-3.5'
const cell = `${room} text-right first:text-left first:whitespace-normal`
const textCell = `${room} text-left`
const textHead = `${textCell} h-8 font-normal`
const head = `${cell} h-8 font-normal`
const ROWS_MAX = 500

/** What the queries give at the end of the range: every label a column. */
export function Instant({ found }: { found: readonly Found[] }) {
  const names = useMemo(() => [...new Set(found.flatMap((l) => Object.keys(l.labels)))].sort(), [found])
  return (
    <ScrollBox label="Values at the end of the range" className="max-h-[560px]">
      <table className="w-full border-collapse text-12">
        <thead>
          <tr className="text-text-3 [&>th]:sticky [&>th]:top-0 [&>th]:bg-surface">
            {names.map((n) => (
              <th key={n} className={textHead}>
                {n === '__name__' ? 'metric' : n}
              </th>
            ))}
            <th className={head}>Value</th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, ROWS_MAX).map((l, i) => (
            <tr key={`${l.query} ${l.name} ${i}`} className="h-7 border-t border-line-soft hover:bg-hover">
              {names.map((n) => (
                <td key={n} className={cx(textCell, 'font-mono')}>
                  {l.labels[n] ?? ''}
                </td>
              ))}
              <td className={cx(cell, 'font-mono font-550')}>{l.points.at(-1)?.value ?? 'NaN'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.length > ROWS_MAX && <p className="p-3 text-12 text-text-3">{count(found.length - ROWS_MAX)} more rows.</p>}
    </ScrollBox>
  )
}

/** Single measurements with the trace they belong to. */
export const Exemplars = ({ exemplars, zone }: { exemplars: readonly Exemplar[]; zone: string }) => (
  <ScrollBox label="Exemplars" className="max-h-64">
    <table className="w-full border-collapse text-12">
      <thead>
        <tr className="text-text-3">
          <th className={textHead}>Time</th>
          <th className={head}>Value</th>
          <th className={textHead}>Trace</th>
          <th className={cx(textHead, 'phone:hidden')}>Series</th>
        </tr>
      </thead>
      <tbody>
        {exemplars.map((e, i) => (
          <tr key={`${e.at} ${e.traceId} ${i}`} className="h-7 border-t border-line-soft hover:bg-hover">
            <td className={cx(cell, 'font-mono')}>{clock(e.at, zone)}</td>
            <td className={cell}>{said(e.value, 'short')}</td>
            <td className={cx(textCell, 'font-mono')}>
              {e.traceId ? <TextLink href={`/traces/${e.traceId}`}>{e.traceId.slice(0, 16)}</TextLink> : 'none'}
            </td>
            <td className={cx(textCell, 'font-mono phone:hidden')}>{nameOf(e.labels)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </ScrollBox>
)
