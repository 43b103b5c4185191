import type uPlot from 'uplot'

/** A dashed line across, said in words on the line. */
export type ChartLine = { value: number; label: string; tone: 'up' | 'warn' | 'down' }
/** What is usual: between `lower` and `upper`, drawn under the lines. */
export type ChartSpan = { at: number; lower: number; upper: number }

type Ink = Record<ChartLine['tone'] | 'span', string>

/** What a quantity's axis covers: from 0 unless values lie below it, up to everything that is drawn; a fixed end stays. */
export function bounds(
  min: number | null,
  max: number | null,
  lines: readonly ChartLine[],
  fixed: { min?: number | null; max?: number | null },
): [number, number] {
  // a line has room above it for its words
  const room = (v: number) => v + 0.08 * Math.abs(v)
  const values = [min, max, ...lines.flatMap((l) => [l.value, l.value > (max ?? 0) * 0.9 ? room(l.value) : l.value])].filter(
    (v): v is number => v !== null && Number.isFinite(v),
  )
  const low = fixed.min ?? Math.min(0, ...values)
  const high = fixed.max ?? Math.max(...values, low)
  return high > low ? [low, high] : [low, low + (Math.abs(low) || 1)]
}

/** 4 to 6 round ticks from at most `low` to at least `high`. */
export function ticksBetween(low: number, high: number): number[] {
  const raw = (high - low) / 5
  const unit = 10 ** Math.floor(Math.log10(raw))
  const step = unit * ([1, 2, 2.5, 5, 10].find((m) => m * unit >= raw - 1e-9 * unit) ?? 10)
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

export function drawSpan(u: uPlot, span: readonly ChartSpan[], ink: Ink): void {
  if (span.length < 2) return
  const { ctx, bbox } = u
  const x = (s: ChartSpan) => u.valToPos(s.at / 1000, 'x', true)
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.beginPath()
  for (const s of span) ctx.lineTo(x(s), u.valToPos(s.upper, 'y', true))
  for (const s of span.toReversed()) ctx.lineTo(x(s), u.valToPos(s.lower, 'y', true))
  ctx.closePath()
  ctx.fillStyle = ink.span
  ctx.fill()
  ctx.restore()
}

export function drawLines(u: uPlot, lines: readonly ChartLine[], ink: Ink, font: string): void {
  const { ctx, bbox } = u
  const dpr = devicePixelRatio
  ctx.save()
  ctx.font = font.replace('11px', `${11 * dpr}px`)
  ctx.textBaseline = 'alphabetic'
  for (const line of lines) {
    const y = u.valToPos(line.value, 'y', true)
    if (y < bbox.top - 1 || y > bbox.top + bbox.height + 1) continue
    ctx.strokeStyle = ink[line.tone]
    ctx.lineWidth = 1.25 * dpr
    ctx.setLineDash([5 * dpr, 4 * dpr])
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
    ctx.fillStyle = ink[line.tone]
    ctx.textAlign = 'right'
    const above = y - bbox.top > 18 * dpr
    ctx.fillText(line.label, bbox.left + bbox.width - 4 * dpr, above ? y - 5 * dpr : y + 14 * dpr)
  }
  ctx.restore()
}

/** Lets the first line be pulled up and down; a drag elsewhere stays the choice of a range. Three significant figures. */
export function dragLine(u: uPlot, now: () => { lines?: readonly ChartLine[]; onLine?: (value: number) => void }): void {
  const { over } = u
  const y = (e: MouseEvent) => e.clientY - over.getBoundingClientRect().top
  const near = (e: MouseEvent) => {
    const line = now().onLine && now().lines?.[0]
    return line !== undefined && Math.abs(y(e) - u.valToPos(line.value, 'y')) < 7
  }
  over.addEventListener('mousemove', (e) => {
    over.style.cursor = near(e) ? 'ns-resize' : ''
  })
  over.addEventListener(
    'mousedown',
    (down) => {
      if (down.button !== 0 || !near(down)) return
      down.stopImmediatePropagation()
      down.preventDefault()
      const move = (e: MouseEvent) => now().onLine?.(Number(u.posToVal(y(e), 'y').toPrecision(3)))
      const up = () => {
        removeEventListener('mousemove', move)
        removeEventListener('mouseup', up)
      }
      addEventListener('mousemove', move)
      addEventListener('mouseup', up)
    },
    { capture: true },
  )
}
