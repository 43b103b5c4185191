import { clock } from '../../words.ts'
import type { LogRow } from './wire.ts'

/** What names a line in the address: its instant and a fingerprint of what it says. Equal lines of one instant share it. */
export const idOf = (row: LogRow): string => {
  let h = 2166136261
  for (const text of [row.source_id, row.service, row.message, row.span_id, restOf(row)])
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619)
  return `${row.timestamp}~${(h >>> 0).toString(36)}`
}

const rests = new WeakMap<LogRow, string>()
const REST_CHARS = 600
/** The attributes behind the message: `status=503 region=lhr`. */
export function restOf(row: LogRow): string {
  let rest = rests.get(row)
  if (rest === undefined) {
    rest = ''
    for (const key in row.attributes) {
      rest += `${rest && ' '}${key}=${row.attributes[key]}`
      if (rest.length > REST_CHARS) break
    }
    rests.set(row, rest)
  }
  return rest
}

/** "14:13:56.190": milliseconds of a timestamp with any number of decimals. */
export function clockMs(timestamp: string, zone: string): string {
  const decimals = /\.(\d+)/.exec(timestamp)?.[1] ?? ''
  return `${clock(Date.parse(timestamp), zone)}.${decimals.slice(0, 3).padEnd(3, '0')}`
}

/** One line as a line of JSON, for the clipboard. */
export const jsonOf = ({ attributes, ...row }: LogRow): string => JSON.stringify({ ...row, ...attributes })

/** The newest lines that are kept on screen while the tail runs. */
export const KEPT = 10_000
/** Appends to what is shown; the oldest go in one slice now and then, not with every frame. */
export function appended(shown: readonly LogRow[], events: readonly LogRow[]): LogRow[] {
  const all = [...shown, ...events]
  return all.length > KEPT * 1.2 ? all.slice(-KEPT) : all
}
