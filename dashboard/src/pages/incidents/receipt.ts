import type { IncidentBody, PageBody } from '../../../../shared/incidents/schema.ts'

/** One tick of a receipt. Without `at` it is a dashed line, and `why` says why. */
export type Tick = { word: string; at: string | null; why?: string | undefined }
type Taken = Pick<IncidentBody, 'status' | 'acknowledged_at' | 'acknowledged_by'>
type Sent = Pick<PageBody, 'channel' | 'user_id' | 'state' | 'receipts' | 'held' | 'next_try_at'>

/** What a channel can tell besides that it left: a tick it cannot give is not drawn unless it was reported after all. */
const gives = {
  email: [],
  webhook: [],
  sms: ['delivered'],
  voice: ['delivered', 'seen'],
  push: ['delivered', 'seen'],
  telegram: [],
} satisfies Record<PageBody['channel'], readonly ('delivered' | 'seen')[]>

/** The receipt of one page as ticks, the last one being whether its person took the incident. A webhook cannot take it. */
export function ticks(page: Sent, incident: Taken): Tick[] {
  const at = (state: 'accepted' | 'delivered' | 'seen') => page.receipts.findLast((r) => r.state === state)?.at ?? null
  const sent = at('accepted')
  const given: readonly string[] = gives[page.channel] ?? []
  const out: Tick[] = [sent ? { word: 'Sent', at: sent } : { word: 'Not sent', at: null, why: unsent(page) }]
  for (const state of ['delivered', 'seen'] as const) {
    const when = at(state)
    if (when) out.push({ word: state === 'delivered' ? 'Delivered' : 'Seen', at: when })
    // what did not leave has nothing more to tell
    else if (sent && given.includes(state)) out.push({ word: `Not ${state}`, at: null, why: 'not reported yet' })
  }
  if (page.user_id) out.push(taken(page.user_id, incident))
  return out
}

export type Standing = 'has it' | 'paging' | 'waiting' | 'being sent' | 'trying again' | 'not reached' | 'not needed' | 'told'

/** The word beside a person or an endpoint. */
export function standing(page: Sent, incident: Taken): Standing {
  if (page.user_id && incident.acknowledged_by?.type === 'user' && incident.acknowledged_by.id === page.user_id) return 'has it'
  switch (page.state) {
    case 'due':
      return page.receipts.at(-1)?.state === 'failed' ? 'trying again' : waits(page) ? 'waiting' : 'being sent'
    case 'sending':
      return 'being sent'
    case 'stopped':
      return 'not needed'
    case 'failed':
      return 'not reached'
    case 'accepted':
    case 'delivered':
    case 'seen':
      return incident.status === 'OPEN' && page.user_id ? 'paging' : 'told'
    default:
      return page.state satisfies never
  }
}

/** It has its minutes to wait, by the person's own wish or for its group. */
const waits = ({ held, next_try_at, receipts: [queued] }: Sent): boolean =>
  held !== null || (next_try_at !== null && queued !== undefined && Date.parse(next_try_at) - Date.parse(queued.at) > 1000)

/** Pages of one person or endpoint under one row, oldest person first: the newest page speaks, how often is said. */
export function byContact<P extends Pick<PageBody, 'channel' | 'user_id' | 'contact'>>(pages: readonly P[]): { page: P; pages: P[] }[] {
  const rows = new Map<string, { page: P; pages: P[] }>()
  for (const page of pages) {
    const key = `${page.channel} ${page.user_id ?? page.contact}`
    rows.set(key, { page, pages: [...(rows.get(key)?.pages ?? []), page] })
  }
  return [...rows.values()]
}

/** What a line of a receipt says. */
export const receiptWord = (state: PageBody['receipts'][number]['state']): string =>
  ({
    queued: 'Queued',
    sent: 'Handed to the provider',
    accepted: 'Accepted by the provider',
    delivered: 'Delivered',
    seen: 'Seen',
    acknowledged: 'Acknowledged',
    failed: 'Failed',
  })[state]

function taken(user: string, incident: Taken): Tick {
  const by = incident.acknowledged_by
  if (by?.type === 'user' && by.id === user && incident.acknowledged_at) return { word: 'Taken', at: incident.acknowledged_at }
  if (by) return { word: 'Not taken', at: null, why: `${by.name} has it` }
  return { word: 'Not taken', at: null, why: incident.status === 'RESOLVED' ? 'it resolved before' : undefined }
}

function unsent(page: Sent): string {
  const { state, receipts, held } = page
  if (held) return 'waits for its group'
  if (state === 'stopped') return 'not needed any more'
  if (state === 'sending') return 'being sent'
  const failed = receipts.findLast((r) => r.state === 'failed')
  if (failed) return failed.detail ?? 'refused without a reason'
  return state === 'due' && waits(page) ? 'waits for its minutes' : 'on its way'
}
