import type { Panel } from './wire.ts'

type Position = Panel['position']
type Placed = { id: string; position: Position }
export const COLUMNS = 24
/** Height of a row and the space between two, px: Grafana's, so that imported boards look as they did. */
export const ROW_PX = 30
export const GAP_PX = 8

const meet = (a: Position, b: Position) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

/** Within the grid: at least 2 × 2, never beyond column 24. */
export function clamped({ x, y, w, h }: Position): Position {
  const width = Math.min(COLUMNS, Math.max(2, Math.round(w)))
  return {
    x: Math.min(COLUMNS - width, Math.max(0, Math.round(x))),
    y: Math.max(0, Math.round(y)),
    w: width,
    h: Math.min(60, Math.max(2, Math.round(h))),
  }
}

/**
 * One panel put somewhere: what it covers moves down, then everything that is not held rises as far as it can. Order by place is
 * kept, and no two panels ever overlap.
 */
export function placed<T extends Placed>(panels: readonly T[], id: string, to: Position): T[] {
  const moved = panels.map((p) => (p.id === id ? { ...p, position: clamped(to) } : p))
  return compact(moved, id)
}

/** Rises everything as far as it can; `first` keeps its place against those it covers. */
export function compact<T extends Placed>(panels: readonly T[], first?: string): T[] {
  const order = [...panels].sort(
    (a, b) => a.position.y - b.position.y || (a.id === first ? -1 : b.id === first ? 1 : 0) || a.position.x - b.position.x,
  )
  const done: T[] = []
  for (const p of order) {
    let at = { ...p.position, y: 0 }
    // below everything that stands in its columns and was above it, in the first hole that holds it
    while (done.some((d) => meet(d.position, at)))
      at = { ...at, y: Math.min(...done.filter((d) => meet(d.position, at)).map((d) => d.position.y + d.position.h)) }
    done.push({ ...p, position: at })
  }
  const byId = new Map(done.map((p) => [p.id, p]))
  return panels.map((p) => byId.get(p.id)!)
}

/** Where a new panel of this size fits: under everything. */
export const below = (panels: readonly Placed[], w = 12, h = 8): Position => ({
  x: 0,
  y: Math.max(0, ...panels.map((p) => p.position.y + p.position.h)),
  w,
  h,
})
export const heightOf = (h: number): number => h * ROW_PX + (h - 1) * GAP_PX
