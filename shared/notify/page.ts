/** Ways a page can leave. A later channel is one more word here, one file beside, one line in index.ts. */
export const channels = ['email', 'webhook'] as const
export type ChannelName = (typeof channels)[number]

/**
 * Everything a channel needs to send one page, and nothing it would have to look up: a page waits for nothing.
 * `id` is the Message-ID, `webhook-id` and client reference, the same for every try.
 */
export type Page = {
  id: string
  team: { id: string; name: string }
  incident: { id: string; number: number; title: string; severity: string; startedAt: number; openedAt: number }
  channel: ChannelName
  /** An address or an endpoint's URL, as `contact` is shown; `secret` signs webhooks. */
  contact: string
  secret: string | null
  person: { id: string; name: string; zone: string } | null
  step: number
  /** Sentences for people: what and since when, from which regions, the verdict, who else. */
  facts: { what: string; regions: string; verdict: string; next: string | null }
  links: { acknowledge: string | null; incident: string }
  /** Which try this is, from 1. */
  attempt: number
}

/** What the provider said. `accepted` stops resending; anything else is tried again. Public: `detail` is shown in the timeline. */
export type Receipt = { outcome: 'accepted' | 'failed'; at: number; providerId: string | null; detail: string | null }
