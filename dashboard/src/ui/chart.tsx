import { useEffect, useRef, useSyncExternalStore } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { usePrefs } from '../prefs.ts'
import { alone, clockSteps, columns } from '../scale.ts'
import { clock, count, day } from '../words.ts'
import { type ChartBand, drawBands } from './chart-bands.ts'
import { bounds, type ChartLine, type ChartSpan, dragLine, drawLines, drawSpan, ticksBetween } from './chart-extras.ts'

export type { ChartBand }
export type ChartSeries = { name: string /** 1 to 8. */; colour: number; points: readonly { at: number; value: number | null }[] }
type Props = {
  /** One sentence that reads the chart to those who do not see it. */
  label: string
  series: readonly ChartSeries[]
  stepMs: number
  from: number
  to: number
  bands: readonly ChartBand[]
  zone: string
  height?: number
  /** The instant under the crosshair, epoch ms; null when it left. */
  onCursor?: (at: number | null) => void
  /** A range was dragged. */
  onSelect?: (from: number, to: number) => void
  /** Double click: wider. */
  onWiden?: () => void
  /** How a value stands on the axis; plain when it is left out. */
  format?: (value: number) => string
  /** Thresholds. */
  lines?: readonly ChartLine[]
  /** The first of them was dragged to another value. */
  onLine?: (value: number) => void
  /** What is usual. */
  span?: readonly ChartSpan[]
  /** Fixed ends of the axis. */
  min?: number | null
  max?: number | null
  /** One series over the other, filled. */
  stacked?: boolean
}

const GUTTER_PX = 48
const none: never[] = []
const LABEL_EVERY_PX = 110

/** Time across, a quantity up, from 0 unless some lie below. `series` and `bands` keep their identity while they are the same. Gaps stay gaps, what stands between two is a point; bands lie under the lines; the values go to the legend, not into a box over the data. */
export function Chart(props: Props) {
  const box = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const plot = useRef<uPlot>(null)
  const scheme = useScheme()
  const { zone, height = 236 } = props
  const names = props.series.map((s) => `${s.colour}${s.name}`).join()

  useEffect(() => {
    const element = box.current!
    const made = new uPlot(optionsOf(latest, element, height), dataOf(latest.current), element)
    plot.current = made
    const resize = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }))
    resize.observe(element)
    return () => {
      resize.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [scheme, names, zone, height])

  const { series, bands, stepMs, from, to, lines, span } = props
  useEffect(() => {
    void bands // drawn by the plot's own hook, from what is latest
    plot.current?.setData(dataOf(latest.current), false)
    void [lines, span]
    plot.current?.setScale('x', { min: from / 1000, max: to / 1000 })
  }, [series, bands, stepMs, from, to, lines, span])

  return (
    <div
      ref={box}
      role="img"
      aria-label={props.label}
      className="relative w-full overflow-hidden [&_.u-select]:bg-accent-soft"
      style={{ height }}
    />
  )
}

function dataOf({ series, stepMs, stacked }: Props): uPlot.AlignedData {
  const [xs, ...ys] = columns(series, stepMs)
  if (stacked)
    for (const [i, column] of ys.entries()) for (const [j, v] of column.entries()) column[j] = i === 0 ? v : (ys[i - 1]![j] ?? 0) + (v ?? 0)
  return [xs, ...ys] as uPlot.AlignedData
}

/** The same colour, nearly clear. */
const faint = (colour: string): string => (colour.startsWith('rgb(') ? colour.replace('rgb(', 'rgba(').replace(')', ', 0.24)') : colour)

/** A token's colour as the canvas takes it. */
function colourOf(element: HTMLElement, token: string): string {
  const probe = document.createElement('i')
  probe.style.color = `var(--${token})`
  element.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

function optionsOf(latest: { current: Props }, element: HTMLElement, height: number): uPlot.Options {
  const of = (token: string) => colourOf(element, token)
  const [text3, line, soft] = [of('text-3'), of('line'), of('line-soft')]
  const font = `11px ${getComputedStyle(element).fontFamily}`
  const colours = {
    incident: [of('down-soft'), of('down-solid'), of('down')],
    gap: [of('idle-soft'), of('idle-solid'), of('idle')],
  } as const
  const ink = { up: of('up'), warn: of('warn'), down: of('down'), span: of('accent-soft') }
  return {
    width: Math.max(200, element.clientWidth),
    height,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, range: () => [latest.current.from / 1000, latest.current.to / 1000] },
      y: {
        range: (_, min, max) => {
          const { lines = none, span = none, ...fixed } = latest.current
          const [low, high] = bounds(min, Math.max(max ?? 0, ...span.map((s) => s.upper)), lines, fixed)
          const all = ticksBetween(low, high)
          return [fixed.min ?? all[0]!, fixed.max ?? all.at(-1)!]
        },
      },
    },
    axes: [
      {
        stroke: text3,
        font,
        size: 28,
        gap: 4,
        border: { show: true, stroke: line, width: 1 },
        grid: { show: false },
        ticks: { show: false },
        splits: (u, _, min, max) =>
          clockSteps(min, max, u.bbox.width / devicePixelRatio, LABEL_EVERY_PX, offsetS(min, latest.current.zone)),
        values: (_, splits) => splits.map((s, i) => labelOf(s * 1000, i === 0, latest.current)),
      },
      {
        stroke: text3,
        font,
        size: GUTTER_PX,
        gap: 8,
        grid: { stroke: soft, width: 1 },
        ticks: { show: false },
        splits: (_, __, min, max) => ticksBetween(min, max),
        values: (_, splits) => splits.map((v) => latest.current.format?.(v) ?? count(v)),
      },
    ],
    series: [
      {},
      ...latest.current.series.map((s) => ({
        label: s.name,
        stroke: of(`s${s.colour}`),
        width: 1.5,
        ...(latest.current.stacked ? { fill: faint(of(`s${s.colour}`)) } : {}),
        spanGaps: false,
        points: { show: true, size: 4, width: 0, fill: of(`s${s.colour}`), filter: (u: uPlot, i: number) => alone(u.data[i]!) },
      })),
    ],
    // stacked: each fills down to the one under it
    ...(latest.current.stacked
      ? {
          bands: latest.current.series
            .slice(1)
            .map((s, i) => ({ series: [i + 2, i + 1] as [number, number], fill: faint(of(`s${s.colour}`)) })),
        }
      : {}),
    cursor: {
      sync: { key: 'page' },
      drag: { x: true, y: false, dist: 6, setScale: false },
      points: { size: 7, width: 2, fill: (u, i) => (u.series[i]!.stroke as () => string)(), stroke: of('surface') },
    },
    hooks: {
      drawClear: [(u) => drawBands(u, latest.current.bands, colours, font), (u) => drawSpan(u, latest.current.span ?? none, ink)],
      draw: [(u) => drawLines(u, latest.current.lines ?? none, ink, font)],
      setCursor: [(u) => latest.current.onCursor?.(u.cursor.idx == null ? null : u.data[0][u.cursor.idx]! * 1000)],
      setSelect: [
        (u) => {
          const { left, width } = u.select
          if (width > 6) latest.current.onSelect?.(u.posToVal(left, 'x') * 1000, u.posToVal(left + width, 'x') * 1000)
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
        },
      ],
      ready: [(u) => u.over.addEventListener('dblclick', () => latest.current.onWiden?.()), (u) => dragLine(u, () => latest.current)],
    },
  }
}

/** The day at the first label and at midnight; the clock elsewhere. */
function labelOf(at: number, first: boolean, { zone, from, to }: Props): string {
  const time = clock(at, zone, false)
  if (to - from > 3 * 86_400_000) return time === '00:00' ? day(at, zone, to) : `${day(at, zone, to)} ${time}`
  return time === '00:00' || (first && to - from > 86_400_000) ? day(at, zone, to) : time
}

function offsetS(atS: number, zone: string): number {
  const wall = new Date(atS * 1000).toLocaleString('sv', { timeZone: zone })
  return Math.round((Date.parse(`${wall.replace(' ', 'T')}Z`) - atS * 1000) / 60_000) * 60
}

const dark = matchMedia('(prefers-color-scheme: dark)')
/** Changes when the colours do. */
function useScheme(): string {
  const { theme } = usePrefs()
  const system = useSyncExternalStore(
    (l) => {
      dark.addEventListener('change', l)
      return () => dark.removeEventListener('change', l)
    },
    () => dark.matches,
  )
  return theme === 'system' ? String(system) : theme
}
