import { signed } from '../integrations/secret.ts'
import { iso } from '../time.ts'
import type { Channel } from './index.ts'
import type { Page, Receipt } from './page.ts'

/** A policy's endpoint. Standard Webhooks: `webhook-id` is the page's id, so a second try can be recognised. */
export const webhook: Channel = async (page, out) => {
  const failed = (detail: string, more: Partial<Receipt> = {}): Receipt => ({
    outcome: 'failed',
    at: out.now(),
    providerId: null,
    detail,
    fault: 'theirs',
    ...more,
  })
  if (!page.secret) return failed('Its secret can no longer be opened. Rotate it.')
  const body = JSON.stringify(payload(page, out.now()))
  const { status, error, late } = await out.post(page.contact, signed([page.secret], page.id, out.now(), body), body)
  if (status !== null && status >= 200 && status < 300)
    return { outcome: 'accepted', at: out.now(), providerId: page.id, detail: null, fault: null }
  // 410: Standard Webhooks' word for "stop sending"
  return failed(error ?? `It answered ${status}.`, { outcome: late ? 'unknown' : 'failed', forGood: status === 410 })
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
