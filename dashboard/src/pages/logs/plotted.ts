import type * as z from 'zod'
import type { QueryAnswer } from '../../../../shared/logs/schema.ts'

type Answer = z.infer<typeof QueryAnswer>
export type Plotted = {
  /** The largest first. */
  series: { name: string; colour: number; points: { at: number; value: number | null }[] }[]
  /** How many there are; at most SERIES_MAX of them are in `series`. */
  found: number
  from: number
  to: number
  stepMs: number
}

export const SERIES_MAX = 8
const TIME = /^(Nullable\()?Date/
const NUMBER = /^(Nullable\()?(U?Int|Float|Decimal)/

/**
 * The rows of an answer as lines over time: the first column of time is the axis, each column of numbers is a line, and every other column
 * names lines of its own. Null when nothing of it is a time or a number, or all of it is one instant.
 */
export function plotted({ columns, data }: Answer): Plotted | null {
  const time = columns.find((c) => TIME.test(c.type))?.name
  const numbers = columns.filter((c) => NUMBER.test(c.type)).map((c) => c.name)
  if (time === undefined || !numbers.length) return null
  const labels = columns.map((c) => c.name).filter((name) => name !== time && !numbers.includes(name))
  const lines = new Map<string, Map<number, number | null>>()
  for (const row of data) {
    const at = Date.parse(String(row[time]))
    if (Number.isNaN(at)) continue
    const label = labels.map((name) => String(row[name] ?? 'null').slice(0, 60)).join(', ')
    for (const column of numbers) {
      const name = !label ? column : numbers.length > 1 ? `${label} ${column}` : label
      const line = lines.get(name) ?? new Map<number, number | null>()
      lines.set(name, line)
      line.set(at, row[column] === null || row[column] === undefined ? null : Number(row[column]))
    }
  }
  const instants = [...new Set([...lines.values()].flatMap((line) => [...line.keys()]))].sort((a, b) => a - b)
  if (instants.length < 2) return null
  const stepMs = Math.min(...instants.slice(1).map((at, i) => at - instants[i]!))
  const size = (line: Map<number, number | null>) => [...line.values()].reduce<number>((sum, v) => sum + Math.abs(v ?? 0), 0)
  const largest = [...lines].sort((a, b) => size(b[1]) - size(a[1])).slice(0, SERIES_MAX)
  return {
    series: largest.map(([name, line], i) => ({
      name,
      colour: i + 1,
      points: [...line].map(([at, value]) => ({ at, value })).sort((a, b) => a.at - b.at),
    })),
    found: lines.size,
    from: instants[0]!,
    to: instants.at(-1)!,
    stepMs,
  }
}
