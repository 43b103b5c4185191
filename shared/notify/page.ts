/** Ways a page can leave. A later channel is one more word here, one file beside, one line in index.ts. */
export const channels = ['email', 'webhook', 'sms', 'voice', 'push', 'telegram'] as const
export type ChannelName = (typeof channels)[number]

/**
 * Everything a channel needs to send one page, and nothing it would have to look up: a page waits for nothing.
 * `id` is the `X-Tocsin-Message-ID`, `webhook-id` and client reference, the same for every try. Times are epoch ms.
 */
export type Page = {
  id: string
  team: { id: string; name: string }
  incident: { id: string; number: number; title: string; severity: string; startedAt: number; openedAt: number }
  channel: ChannelName
  /** An address, a number, a chat or an endpoint's URL; `secret` signs webhooks, and is the browser's subscription for push. */
  contact: string
  secret: string | null
  /** Breaks quiet hours. */
  critical: boolean
  /** What admins are told instead of a page: a hole in a policy. */
  notice: string | null
  /** Other incidents told by the same message, newest first. */
  more: { id: string; number: number; title: string; severity: string }[]
  person: { id: string; name: string; zone: string } | null
  policy: string
  step: number
  facts: {
    /** What was asked ("api.kestrel.example/v1/checkout"), by which monitor. */
    target: string | null
    monitor: string | null
    /** "503 from 3 of 4 regions", or what the person who declared it wrote. */
    what: string
    /** "us 503, eu 503, au timeout; as 200" and "down: 3 of 4 failed, quorum 3". */
    regions: string | null
    verdict: string | null
    /** Who was paged before, and who comes next if nobody acknowledges. */
    also: string[]
    next: { who: string[]; at: number }[]
  }
  links: { acknowledge: string | null; incident: string; monitor: string | null }
  /** Where providers tell what became of it: sealed, names team, incident and page. */
  report: string
  /** Which try this is, from 1; `possiblyTwice` when one before it may have arrived; `firstAt` when the first was made. */
  attempt: number
  possiblyTwice: boolean
  firstAt: number
}

/**
 * What the provider said. `accepted` stops resending, `failed` means it was not taken, `unknown` that nobody answered in time: the
 * next try may be a second one. `fault` tells a contact that refuses from our own way out being shut. `detail` is shown to people.
 */
export type Receipt = {
  outcome: 'accepted' | 'failed' | 'unknown'
  at: number
  providerId: string | null
  detail: string | null
  fault: 'ours' | 'theirs' | null
  /** Refused in a way that no further try can change: an address that does not exist. */
  forGood?: boolean
}
