import type { GridDay } from './days.ts'

/** A time that is being chosen in the grid, epoch ms. */
export type Chosen = { from: number; to: number }
/** `part`: a new time is drawn, one end of it is moved, or all of it. `at`: where the drag began; `before`: what was chosen then. */
export type Drag = { part: 'new' | 'from' | 'to' | 'body'; at: number; before: Chosen | null }

const HOUR = 3_600_000
/** What a tap chooses, and the keys begin with. */
export const FIRST_MS = 4 * HOUR

/** Four hours from the beginning of the hour that was tapped, on the clock of its day. */
export function tapped(days: readonly GridDay[], at: number): Chosen {
  const day = days.findLast((d) => d.from <= at) ?? days[0]!
  const from = day.from + Math.floor((at - day.from) / HOUR) * HOUR
  return { from, to: from + FIRST_MS }
}

/** A drag that went nowhere. */
export const isTap = ({ part, at: from }: Drag, at: number): boolean => part === 'new' && Math.abs(at - from) < HOUR / 2

/** What a drag has chosen when it stands at `at`; never shorter than an hour once it has handles. */
export function dragged({ part, at: from, before }: Drag, at: number): Chosen {
  if (part === 'new' || !before) return { from: Math.min(from, at), to: Math.max(from, at) }
  if (part === 'from') return { from: Math.min(at, before.to - HOUR), to: before.to }
  if (part === 'to') return { from: before.from, to: Math.max(at, before.from + HOUR) }
  return { from: before.from + at - from, to: before.to + at - from }
}

/** What an arrow makes of it; null for any other key. */
export function moved(now: Chosen, { key, shiftKey }: { key: string; shiftKey: boolean }): Chosen | null {
  const step = shiftKey ? 24 * HOUR : HOUR
  switch (key) {
    case 'ArrowLeft':
      return { from: now.from - step, to: now.to - step }
    case 'ArrowRight':
      return { from: now.from + step, to: now.to + step }
    case 'ArrowUp':
      return { from: now.from, to: now.to + step }
    case 'ArrowDown':
      return { from: now.from, to: Math.max(now.from + HOUR, now.to - step) }
    default:
      return null
  }
}
