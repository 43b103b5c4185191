import type { Figure } from './bench.ts'

/** Runs work on so many items; items per second of CPU. */
export type Rate = (items: number, work: () => number) => number

class Tagged {
  readonly n: number
  constructor(n: number) {
    this.n = n
  }
}

/** What the forms a value could have cost per event: parse, read three fields, copy with one more. `ratio` is against the form chosen. */
export function forms(lines: readonly string[], best: Rate): Figure[] {
  const messages = lines.map((line) => String((JSON.parse(line) as { message: string }).message))
  const ways: Record<string, (text: string) => unknown> = {
    'form chosen: as JSON.parse gives it': (text) => JSON.parse(text),
    'every number tagged': (text) => JSON.parse(text, (_, v) => (typeof v === 'number' ? new Tagged(v) : v)),
    'every number tagged, by a walk': (text) => tagged(JSON.parse(text), (n) => new Tagged(n)),
    'integers as bigint, by a walk': (text) => tagged(JSON.parse(text), (n) => (Number.isInteger(n) ? BigInt(n) : n)),
    'null prototypes, by a walk': (text) => bare(JSON.parse(text)),
  }
  let chosen = 0
  return Object.entries(ways).map(([metric, form]) => {
    const value = 1e6 / best(messages.length, () => messages.reduce((sum, text) => sum + used(form(text) as Record<string, unknown>), 0))
    chosen ||= value
    return { metric, value, unit: 'µs/event', baseline: chosen, ratio: value / chosen }
  })
}

function used(event: Record<string, unknown>): number {
  const copy = Object.getPrototypeOf(event) === null ? Object.assign(Object.create(null), event) : { ...event }
  copy.severity = event.level
  return String(event.status).length + String(event.request).length + Object.keys(copy).length
}

const tagged = (v: unknown, of: (n: number) => unknown): unknown => {
  if (typeof v === 'number') return of(v)
  if (typeof v !== 'object' || v === null) return v
  const o = v as Record<string, unknown>
  for (const k in o) o[k] = tagged(o[k], of)
  return o
}

const bare = (v: unknown): unknown => {
  if (typeof v !== 'object' || v === null || Array.isArray(v)) return v
  const out = Object.create(null)
  for (const [k, x] of Object.entries(v)) out[k] = bare(x)
  return out
}
