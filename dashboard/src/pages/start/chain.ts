import type { Incident, IncidentPage } from '../../wire.ts'

export type Link = {
  name: string
  says: string
  href: string | null /** ms after the first failure; null: not yet. */
  afterMs: number | null
}
type Known = {
  monitor: string | null
  incident: Pick<Incident, 'id' | 'started_at' | 'created_at' | 'cause'> | null
  pages: readonly Pick<IncidentPage, 'channel' | 'user_name' | 'contact' | 'receipts'>[]
  /** When the public page was first seen to say it, epoch ms. */
  publicAt: number | null
  subdomain: string | null
}

/** What one failure sets off, each with its time after the first failed check. */
export function chainOf({ monitor, incident, pages, publicAt, subdomain }: Known): Link[] {
  const start = incident && Date.parse(incident.started_at)
  const after = (at: number | null): number | null => (start === null || at === null ? null : Math.max(0, at - start))
  const sent = pages
    .flatMap((p) => p.receipts.filter((r) => r.state !== 'failed' && r.state !== 'queued').map((r) => ({ page: p, at: Date.parse(r.at) })))
    .sort((a, b) => a.at - b.at)[0]
  return [
    {
      name: 'Check failed',
      says: incident ? incident.cause : 'one region fails, all 4 check at once',
      href: incident && monitor ? `/monitors/${monitor}` : null,
      afterMs: incident ? 0 : null,
    },
    {
      name: 'Incident opened',
      says: incident ? 'enough regions agreed' : 'when 3 of 4 fail',
      href: incident && `/incidents/${incident.id}`,
      afterMs: after(incident && Date.parse(incident.created_at)),
    },
    {
      name: 'Page in the mailbox',
      says: sent
        ? `${sent.page.channel === 'email' ? 'e-mail' : sent.page.channel} to ${sent.page.user_name ?? sent.page.contact}`
        : 'e-mail with an Acknowledge button',
      href: sent ? '/mailbox' : null,
      afterMs: after(sent?.at ?? null),
    },
    {
      name: 'Status page says so',
      says: publicAt && subdomain ? `/s/${subdomain}, on its next load` : 'what your customers see',
      href: publicAt && subdomain ? `/s/${subdomain}/` : null,
      afterMs: after(publicAt),
    },
  ]
}
