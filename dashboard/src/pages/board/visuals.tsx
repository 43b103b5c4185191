import { Sparkline } from '../../ui/bars.tsx'
import { cx } from '../../ui/cx.ts'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { reduced } from './data.ts'
import type { Named } from './lines.tsx'
import { said } from './units.ts'
import type { Panel } from './wire.ts'

type Tone = Panel['thresholds'][number]['tone']
const text: Record<Tone, string> = { up: 'text-up', warn: 'text-warn', down: 'text-down' }
const solid: Record<Tone, string> = { up: 'bg-up-solid', warn: 'bg-warn-solid', down: 'bg-down-solid' }
const stroke: Record<Tone, string> = { up: 'stroke-up-solid', warn: 'stroke-warn-solid', down: 'stroke-down-solid' }
const word: Record<Tone, string> = { up: 'fine', warn: 'warning', down: 'trouble' }

/** The tone of the highest threshold at or below the value. */
export const toneOf = (value: number | null, thresholds: Panel['thresholds']): Tone | null =>
  value === null ? null : (thresholds.filter((t) => t.value <= value).sort((a, b) => b.value - a.value)[0]?.tone ?? null)

type Props = { panel: Panel; lines: readonly Named[]; height: number }
const valuesOf = ({ panel, lines }: Pick<Props, 'panel' | 'lines'>) =>
  lines.map((l) => ({ line: l, value: reduced(l.points, panel.reduce) }))

/** One number, large; several side by side. Its past is a line under it. */
export function Stat({ panel, lines, height }: Props) {
  const all = valuesOf({ panel, lines }).slice(0, 12)
  const big = height > 120 && all.length < 4
  return (
    <div
      className="grid h-full content-center gap-x-6 gap-y-1 px-3.5 pb-2"
      style={{ gridTemplateColumns: `repeat(${Math.min(all.length, 4)}, minmax(0, 1fr))` }}
    >
      {all.map(({ line, value }) => {
        const tone = toneOf(value, panel.thresholds)
        return (
          <div key={line.name} className="min-w-0">
            <p className={cx('truncate font-semibold tracking-[-0.015em]', big ? 'text-28' : 'text-20', tone ? text[tone] : 'text-text')}>
              {said(value, panel.unit, panel.decimals)}
              {tone && <span className="sr-only"> ({word[tone]})</span>}
            </p>
            {(all.length > 1 || lines.length > 1) && <p className="truncate text-12 text-text-3">{line.name}</p>}
            {line.points.length > 2 && height > 90 && (
              <Sparkline
                values={line.points.map((p) => p.value)}
                width={160}
                height={big ? 34 : 22}
                className="mt-1 w-full"
                alarm={tone === 'down'}
              />
            )}
          </div>
        )
      })}
    </div>
  )
}

/** A half circle from `min` to `max`, its tone by the thresholds, the number in it. */
export function Gauge({ panel, lines, height }: Props) {
  const all = valuesOf({ panel, lines }).slice(0, 8)
  const low = panel.min ?? 0
  const high =
    panel.max ?? (panel.unit === 'share' ? 1 : panel.unit === 'percent' ? 100 : Math.max(1, ...all.map((a) => a.value ?? 0)) * 1.25)
  const size = Math.max(70, Math.min(180, height - (all.length > 1 ? 40 : 24)))
  return (
    <div className="flex h-full flex-wrap content-center items-center justify-center gap-x-4 gap-y-1 overflow-hidden px-3">
      {all.map(({ line, value }) => {
        const share = value === null ? 0 : Math.min(1, Math.max(0, (value - low) / (high - low || 1)))
        const tone = toneOf(value, panel.thresholds)
        return (
          <figure key={line.name} className="min-w-0 text-center" style={{ width: size * 1.5 }}>
            <svg
              viewBox="0 0 120 66"
              className="w-full"
              role="img"
              aria-label={`${line.name}: ${said(value, panel.unit, panel.decimals)} between ${said(low, panel.unit)} and ${said(high, panel.unit)}`}
            >
              <path d="M10 60A50 50 0 0 1 110 60" pathLength="100" className="fill-none stroke-active" strokeWidth="10" />
              <path
                d="M10 60A50 50 0 0 1 110 60"
                pathLength="100"
                strokeDasharray={`${share * 100} 200`}
                className={cx('fill-none', tone ? stroke[tone] : 'stroke-s1')}
                strokeWidth="10"
              />
            </svg>
            <p aria-hidden="true" className="-mt-7 text-20 font-semibold tracking-[-0.015em]">
              {said(value, panel.unit, panel.decimals)}
            </p>
            {all.length > 1 && <figcaption className="truncate text-12 text-text-3">{line.name}</figcaption>}
          </figure>
        )
      })}
    </div>
  )
}

/** Bars beside their names, the longest first. */
export function Bars({ panel, lines }: Props) {
  const all = valuesOf({ panel, lines }).sort((a, b) => (b.value ?? 0) - (a.value ?? 0)).slice(0, 50) // biome-ignore format: one line
  const high = Math.max(panel.max ?? 0, ...all.map((a) => Math.abs(a.value ?? 0))) || 1
  return (
    <ScrollBox label={`${panel.title}, values`} className="h-full px-3.5 pb-2">
      <table className="w-full table-fixed border-collapse text-12">
        <thead className="sr-only">
          <tr>
            <th>Series</th>
            <th>Share</th>
            <th>Value</th>
          </tr>
        </thead>
        <tbody>
          {all.map(({ line, value }) => {
            const tone = toneOf(value, panel.thresholds)
            return (
              <tr key={line.name}>
                <td className="w-2/5 truncate py-[3px] pr-2 text-text-2">{line.name}</td>
                <td className="py-[3px]">
                  <i
                    className={cx('block h-2.5 rounded-1', tone ? solid[tone] : 'bg-s1')}
                    style={{ width: `${Math.max(0.5, (Math.abs(value ?? 0) / high) * 100)}%` }}
                  />
                </td>
                <td className={cx('w-24 py-[3px] pl-2 text-right font-550 whitespace-nowrap', tone && text[tone])}>
                  {said(value, panel.unit, panel.decimals)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** Every label a column, the value last. */
export function DataTable({ panel, lines }: Props) {
  const names = [...new Set(lines.flatMap((l) => Object.keys(l.labels)))].filter((n) => n !== '__name__').slice(0, 8)
  const all = valuesOf({ panel, lines }).sort((a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY)).slice(0, 200) // biome-ignore format: one line
  const th =
    'sticky top-0 bg-surface border-b border-line-soft h-7 px-2 text-left text-text-3 first:pl-3.5 last:pr-3.5 last:text-right whitespace-nowrap'
  return (
    <ScrollBox label={`${panel.title}, table`} className="h-full">
      <table className="w-full border-collapse text-12">
        <thead>
          <tr>
            {(names.length ? names : ['series']).map((n) => (
              <th key={n} className={th}>
                {n}
              </th>
            ))}
            <th className={th}>{panel.reduce === 'last' ? 'value' : panel.reduce}</th>
          </tr>
        </thead>
        <tbody>
          {all.map(({ line, value }, i) => {
            const tone = toneOf(value, panel.thresholds)
            return (
              <tr key={`${line.name} ${i}`} className="hover:bg-hover">
                {(names.length ? names.map((n) => line.labels[n] ?? '') : [line.name]).map((cell, j) => (
                  <td key={names[j] ?? 'series'} className="max-w-60 truncate border-b border-line-soft px-2 py-1 first:pl-3.5">
                    {cell}
                  </td>
                ))}
                <td className={cx('border-b border-line-soft px-2 py-1 pr-3.5 text-right font-550 whitespace-nowrap', tone && text[tone])}>
                  {said(value, panel.unit, panel.decimals)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** Buckets of a classic histogram count everything below their bound; what each holds by itself is the difference to the next lower. */
function apart(rows: readonly Named[]): readonly Named[] {
  if (!rows.every((l) => l.labels.le)) return rows
  return rows.map((row, i) => {
    const lower = new Map(rows[i + 1]?.points.map((p) => [p.at, p.value]))
    return {
      ...row,
      points: row.points.map((p) => ({ at: p.at, value: p.value === null ? null : Math.max(0, p.value - (lower.get(p.at) ?? 0)) })),
    }
  })
}

/** A cell per series and step: the more, the stronger the accent. Classic histograms are ordered by their bound. */
export function Heatmap({ panel, lines, height }: Props) {
  const bound = (l: Named) => (l.labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(l.labels.le ?? Number.NaN))
  const rows = apart(lines.toSorted((a, b) => bound(b) - bound(a)).slice(0, 40))
  const times = [...new Set(rows.flatMap((l) => l.points.map((p) => p.at)))].sort((a, b) => a - b)
  const high = Math.max(1e-12, ...rows.flatMap((l) => l.points.map((p) => p.value ?? 0)))
  const at = new Map(times.map((t, i) => [t, i]))
  const h = Math.max(4, (height - 12) / Math.max(1, rows.length))
  return (
    <div className="grid h-full grid-cols-[auto_minmax(0,1fr)] gap-x-2 px-3.5 pb-2">
      <div className="text-11 text-text-3" aria-hidden="true">
        {rows.map((l) => (
          <p key={l.name} className="truncate text-right leading-none" style={{ height: h, maxWidth: 90, visibility: h < 11 ? 'hidden' : undefined }}>
            {l.labels.le ? `≤ ${l.labels.le}` : l.name}
          </p>
        ))}
      </div>
      <svg width="100%" height={h * rows.length} viewBox={`0 0 ${Math.max(1, times.length)} ${rows.length}`} preserveAspectRatio="none" role="img" aria-label={`${panel.title}: ${rows.length} rows over ${times.length} instants, the largest value ${said(high, panel.unit, panel.decimals)}`}>
        {rows.map((l, y) =>
          l.points.map((p) => p.value ? <rect key={`${y} ${p.at}`} x={at.get(p.at)} y={y} width="1.02" height="0.96" className="fill-accent-solid" opacity={0.08 + 0.92 * Math.sqrt(Math.max(0, p.value) / high)} /> : null),
        )}
      </svg>
    </div>
  ) // biome-ignore format: cells
}
