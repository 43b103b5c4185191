import type { Token } from '../../filter.ts'
import { text } from '../../url.ts'
import type { Incident } from '../../wire.ts'

/** What the address holds of the list. `monitor` is an id; `from` is "90d" or an instant. */
export const shape = {
  q: text(),
  state: text(),
  sev: text(),
  monitor: text(),
  from: text(),
  /** `nobody`: never acknowledged. */
  ack: text(),
  /** `me`: those I have, acknowledged or resolved. */
  who: text(),
  sel: text(),
  open: text(),
}
export type View = { [K in keyof typeof shape]: string }

export const states = ['open', 'unacknowledged', 'acknowledged', 'resolved'] as const
export const periods = ['24h', '7d', '30d', '90d', '365d'] as const
export type Monitors = readonly { id: string; name: string }[]

/** The address as chips. A monitor that is not known by name is shown by its id. */
export function tokensOf(view: View, monitors: Monitors): Token[] {
  const out: Token[] = []
  if (view.state) out.push({ key: 'state', value: view.state })
  if (view.sev) out.push({ key: 'sev', value: view.sev })
  if (view.monitor) out.push({ key: 'monitor', value: monitors.find((m) => m.id === view.monitor)?.name ?? view.monitor })
  if (view.from) out.push({ key: 'from', value: view.from })
  if (view.ack) out.push({ key: 'ack', value: view.ack })
  if (view.who) out.push({ key: 'who', value: view.who })
  return out
}

/** Chips as the address: the last one of a key counts, and one that means nothing here becomes text to search for. */
export function viewOf(
  { tokens, text: typed }: { tokens: readonly Token[]; text: string },
  monitors: Monitors,
): Omit<View, 'sel' | 'open'> {
  const view = { q: typed, state: '', sev: '', monitor: '', from: '', ack: '', who: '' }
  const words: string[] = []
  for (const { key, value } of tokens) {
    const v = value.toLowerCase()
    if (key === 'state' && (states as readonly string[]).includes(v)) view.state = v
    else if (key === 'sev' && /^(sev)?[1-4]$/.test(v)) view.sev = v.replace('sev', '')
    else if (key === 'ack' && v === 'nobody') view.ack = v
    else if (key === 'who' && v === 'me') view.who = v
    else if (key === 'from' && fromInstant(v, 0) !== null) view.from = v
    else if (key === 'monitor' && monitorNamed(value, monitors)) view.monitor = monitorNamed(value, monitors)!
    else words.push(value)
  }
  return { ...view, q: [typed, ...words].filter(Boolean).join(' ') }
}

/** What is asked of the API. `state:open` is mostly answered from the open ones, which are always at hand. */
export function queryOf(view: View, now: number): Record<string, string> {
  const status = { open: 'OPEN,ACKNOWLEDGED', unacknowledged: 'OPEN', acknowledged: 'ACKNOWLEDGED', resolved: 'RESOLVED' }[view.state]
  const from = view.from ? fromInstant(view.from, now) : null
  return {
    ...(status ? { status } : {}),
    ...(view.sev ? { severity: `SEV${view.sev}` } : {}),
    ...(view.monitor ? { monitor_id: view.monitor } : {}),
    ...(from !== null ? { from: new Date(from).toISOString() } : {}),
    ...(view.ack ? { acknowledged: 'false' } : {}),
    ...(view.who ? { mine: 'true' } : {}),
    ...(view.q ? { q: view.q } : {}),
  }
}

/** The same filter as the API's, for the open ones. */
export const matches = (
  i: Pick<Incident, 'title' | 'team_number' | 'severity' | 'monitor_id' | 'created_at'>,
  view: View,
  now: number,
): boolean =>
  (!view.sev || i.severity === `SEV${view.sev}`) &&
  (!view.monitor || i.monitor_id === view.monitor) &&
  (!view.from || Date.parse(i.created_at) >= (fromInstant(view.from, now) ?? 0)) &&
  (!view.q || i.title.toLowerCase().includes(view.q.toLowerCase()) || /^(inc-)?(\d+)$/i.exec(view.q)?.[2] === String(i.team_number))

/** "90d" or "24h" before now, rounded to the minute so that the same view asks the same question; an instant as it is. */
function fromInstant(from: string, now: number): number | null {
  const [, n, unit] = /^(\d{1,4})\s?([hd])$/.exec(from) ?? []
  if (n) return Math.floor(now / 60_000) * 60_000 - Number(n) * (unit === 'h' ? 3_600_000 : 86_400_000)
  const at = Date.parse(from)
  return Number.isNaN(at) ? null : at
}

const monitorNamed = (value: string, monitors: Monitors): string | undefined =>
  monitors.find((m) => m.name.toLowerCase() === value.toLowerCase() || m.id === value)?.id ??
  (/^[0-9a-f-]{36}$/.test(value) ? value : undefined)
