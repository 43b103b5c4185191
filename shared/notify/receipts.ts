import type { Local, Out } from './index.ts'
import { pageFacts } from './mail.ts'
import type { Page, Receipt } from './page.ts'

/** `detail` is shown to people: no address, no key, no body of an answer. */
const DETAIL_MAX = 200

export const accepted = (at: number, providerId: string | null, detail: string | null = null): Receipt => ({
  outcome: 'accepted',
  at,
  providerId,
  detail,
  fault: null,
})

/** The contact or its provider refuses it; `forGood` when no further try can change that. */
export const refused = (at: number, detail: string, forGood: boolean): Receipt => ({ ...failed(at, detail, 'theirs'), forGood })
/** Our own way out is shut, or the provider is busy: tried again. */
export const ours = (at: number, detail: string): Receipt => failed(at, detail, 'ours')
/** Nobody answered in time: it may have been taken. */
export const unknown = (at: number, detail: string): Receipt => ({ ...failed(at, detail, 'ours'), outcome: 'unknown' })

const failed = (at: number, detail: string, fault: 'ours' | 'theirs'): Receipt => ({
  outcome: 'failed',
  at,
  providerId: null,
  detail: detail.slice(0, DETAIL_MAX),
  fault,
})

/** What a broken connection means: after a time-out the provider may have taken it. Says nothing of the error's own text, which may hold addresses. */
export function broken(e: unknown, at: number, provider: string): Receipt {
  const late = (e as { name?: string } | null)?.name === 'TimeoutError'
  return late ? unknown(at, `${provider} did not answer in time`) : unknown(at, `the connection to ${provider} broke`)
}

/** Into the mailbox of this machine, else nowhere: the installation has no account with a provider. */
export function locally(page: Page, message: Pick<Local, 'subject' | 'text'>, out: Out, provider: string): Promise<Receipt> | Receipt {
  if (!out.local) return ours(out.now(), `This installation has no account with ${provider}.`)
  const { id, channel, contact, links, incident } = page
  const all = [
    ...(links.acknowledge ? [{ name: 'Acknowledge', url: links.acknowledge }] : []),
    { name: 'Open the incident', url: links.incident },
  ]
  return out.local({ id, channel, to: contact, links: all, incident_id: incident.id, page: pageFacts(page), ...message })
}
