import type { Incident, IncidentPage, PageState } from '../../wire.ts'

/** One tick of a receipt. Without `at` it is a dashed line, and `why` says why. */
export type Tick = { label: string; at: string | null; why?: string | undefined }

/** What a channel can tell at all. A tick it cannot give is not drawn; `delivered` and `seen` appear where they were reported. */
const gives = {
  email: ['sent'],
  webhook: ['sent'],
  sms: ['sent', 'delivered'],
  push: ['sent', 'delivered', 'seen'],
  voice: ['sent', 'seen'],
} satisfies Record<string, readonly ('sent' | 'delivered' | 'seen')[]>

/** The receipt of one page as ticks, the last one being whether its person took the incident. A webhook cannot take it. */
export function ticks(page: IncidentPage, incident: Pick<Incident, 'status' | 'acknowledged_at' | 'acknowledged_by'>): Tick[] {
  const at = (state: PageState) => page.receipts.findLast((r) => r.state === state)?.at ?? null
  const sent = at('accepted') ?? at('sent')
  const given: readonly string[] = gives[page.channel as keyof typeof gives] ?? ['sent']
  const out: Tick[] = [sent ? { label: 'Sent', at: sent } : { label: 'Not sent', at: null, why: unsent(page) }]
  for (const state of ['delivered', 'seen'] as const) {
    const when = at(state)
    const label = state === 'delivered' ? 'Delivered' : 'Seen'
    if (when) out.push({ label, at: when })
    else if (given.includes(state)) out.push({ label: `Not ${state}`, at: null, why: sent ? 'not reported yet' : 'it was not sent' })
  }
  if (page.user_id) out.push(taken(page.user_id, incident))
  return out
}

/** The word beside a person: has it, paging, trying again, not reached. */
export function standing(page: IncidentPage, incident: Pick<Incident, 'status' | 'acknowledged_at' | 'acknowledged_by'>): Standing {
  if (page.user_id && incident.acknowledged_by?.type === 'user' && incident.acknowledged_by.id === page.user_id) return 'has-it'
  const last = page.receipts.at(-1)?.state
  if (last === 'failed') return incident.status === 'OPEN' ? 'trying-again' : 'not-reached'
  if (incident.status !== 'OPEN') return last ? 'told' : 'not-reached'
  return last && last !== 'queued' ? 'paging' : 'queued'
}
export type Standing = 'has-it' | 'paging' | 'queued' | 'trying-again' | 'not-reached' | 'told'

/** Pages of one person or endpoint under one row: the newest page speaks, how often is said. */
export function byContact(pages: readonly IncidentPage[]): { page: IncidentPage; times: number }[] {
  const rows = new Map<string, { page: IncidentPage; times: number }>()
  for (const page of pages) {
    const key = `${page.channel} ${page.user_id ?? page.contact}`
    rows.set(key, { page, times: (rows.get(key)?.times ?? 0) + 1 })
  }
  return [...rows.values()]
}

function taken(user: string, incident: Pick<Incident, 'status' | 'acknowledged_at' | 'acknowledged_by'>): Tick {
  const by = incident.acknowledged_by
  if (by?.type === 'user' && by.id === user && incident.acknowledged_at) return { label: 'Taken', at: incident.acknowledged_at }
  if (by) return { label: 'Not taken', at: null, why: `${by.name} has it` }
  return { label: 'Not taken', at: null, why: incident.status === 'RESOLVED' ? 'it resolved before' : undefined }
}

function unsent(page: IncidentPage): string {
  const failed = page.receipts.findLast((r) => r.state === 'failed')
  if (failed) return failed.detail ?? 'refused without a reason'
  return page.receipts.some((r) => r.state === 'sent') ? 'not answered yet' : 'on its way'
}
