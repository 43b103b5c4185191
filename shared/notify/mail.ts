import { iso } from '../time.ts'
import type { Page } from './page.ts'

/** A message to one address. `id` is the same for every try: it leaves as X-Tocsin-Message-ID. `text` and `html` say the same. */
export type Mail = {
  id: string
  /** RFC 3339. */
  at: string
  from: string
  to: string
  subject: string
  text: string
  html: string
  links: { name: string; url: string }[]
  incident_id: string | null
  /** Of a page: what the mailbox of this machine says beside it. */
  page?: PageFacts
}

export type PageFacts = { number: number; step: number; policy: string; person: string | null; started_at: string }

export const pageFacts = ({ incident, step, policy, person }: Page): PageFacts => ({
  number: incident.number,
  step,
  policy,
  person: person?.name ?? null,
  started_at: iso(incident.startedAt),
})
