import { Webhook } from 'standardwebhooks'
import { iso } from '../time.ts'
import type { Channel } from './index.ts'
import type { Page } from './page.ts'

/** A policy's endpoint. Standard Webhooks: `webhook-id` is the page's id, so a second try can be recognised. */
export const webhook: Channel = async (page, out) => {
  const body = JSON.stringify(payload(page, out.now()))
  const at = new Date(out.now())
  try {
    const signature = page.secret ? new Webhook(page.secret).sign(page.id, at, body) : null
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Tocsin-Webhook/1',
      'webhook-id': page.id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      ...(signature ? { 'webhook-signature': signature } : {}),
    }
    const { status } = await out.post(page.contact, headers, body)
    const taken = status >= 200 && status < 300
    return {
      outcome: taken ? 'accepted' : 'failed',
      at: out.now(),
      providerId: page.id,
      detail: taken ? null : `the endpoint answered ${status}`,
      fault: taken ? null : 'theirs',
    }
  } catch (e) {
    const late = (e as Error).name === 'TimeoutError'
    const detail = late ? 'no answer within 10 s' : 'the endpoint cannot be reached'
    return { outcome: late ? 'unknown' : 'failed', at: out.now(), providerId: null, detail, fault: 'theirs' }
  }
}

/** The same facts as every channel, as JSON. */
const payload = (page: Page, at: number) => ({
  type: 'incident.page',
  timestamp: iso(at),
  data: {
    page_id: page.id,
    team: page.team,
    incident: {
      id: page.incident.id,
      team_number: page.incident.number,
      title: page.incident.title,
      severity: page.incident.severity,
      started_at: iso(page.incident.startedAt),
      created_at: iso(page.incident.openedAt),
    },
    policy: page.policy,
    step: page.step,
    what: page.facts.what,
    target: page.facts.target,
    monitor: page.facts.monitor,
    regions: page.facts.regions,
    verdict: page.facts.verdict,
    also_paged: page.facts.also,
    next: page.facts.next.map(({ who, at: when }) => ({ who, at: iso(when) })),
    links: page.links,
  },
})
