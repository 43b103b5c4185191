import type uPlot from 'uplot'

/** A span of time that means something: an incident, or nobody looked. */
export type ChartBand = { from: number; to: number; label: string; kind: 'incident' | 'gap' }

/** Under the lines, with a solid left edge and its words. */
export function drawBands(u: uPlot, bands: readonly ChartBand[], colours: Record<ChartBand['kind'], readonly string[]>, font: string) {
  const { ctx, bbox } = u
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  for (const band of bands) {
    const [fill, edge, ink] = colours[band.kind]
    const left = u.valToPos(band.from / 1000, 'x', true)
    const right = u.valToPos(band.to / 1000, 'x', true)
    const width = Math.max(2 * devicePixelRatio, right - left)
    ctx.fillStyle = fill!
    ctx.fillRect(left, bbox.top, width, bbox.height)
    if (band.kind === 'gap') hatch(ctx, left, bbox.top, width, bbox.height, edge!)
    ctx.strokeStyle = edge!
    ctx.lineWidth = devicePixelRatio
    ctx.setLineDash(band.kind === 'gap' ? [2 * devicePixelRatio, 3 * devicePixelRatio] : [])
    ctx.beginPath()
    ctx.moveTo(left, bbox.top)
    ctx.lineTo(left, bbox.top + bbox.height)
    ctx.stroke()
    ctx.font = font.replace('11px', `${11 * devicePixelRatio}px`)
    ctx.fillStyle = ink!
    const wide = ctx.measureText(band.label).width + 10 * devicePixelRatio
    const inside = width > wide
    ctx.textAlign = inside || left - wide < bbox.left ? 'left' : 'right'
    ctx.fillText(band.label, left + (ctx.textAlign === 'left' ? 5 : -5) * devicePixelRatio, bbox.top + 13 * devicePixelRatio)
  }
  ctx.restore()
}

function hatch(ctx: CanvasRenderingContext2D, x: number, y: number, w: number, h: number, colour: string) {
  ctx.save()
  ctx.beginPath()
  ctx.rect(x, y, w, h)
  ctx.clip()
  ctx.globalAlpha = 0.3
  ctx.strokeStyle = colour
  ctx.setLineDash([])
  ctx.lineWidth = 2 * devicePixelRatio
  ctx.beginPath()
  for (let i = x - h; i < x + w; i += 8 * devicePixelRatio) {
    ctx.moveTo(i, y + h)
    ctx.lineTo(i + h, y)
  }
  ctx.stroke()
  ctx.restore()
}
