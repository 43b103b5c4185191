import { email } from './email.ts'
import type { Mail } from './mail.ts'
import type { ChannelName, Page, Receipt } from './page.ts'
import { push } from './push.ts'
import { sms } from './sms.ts'
import { telegram } from './telegram.ts'
import { voice } from './voice.ts'
import { webhook } from './webhook.ts'

/** A message that would go to a phone or a chat; without a provider it ends in the local mailbox, labelled with its channel. */
export type Local = {
  id: string
  channel: ChannelName
  to: string
  subject: string
  text: string
  links: Mail['links']
  incident_id: string | null
  page?: Mail['page']
}

/** The ways out that a channel may use; the shell gives them, tests record them. */
export type Out = {
  from: string
  mail(mail: Mail): Promise<Receipt>
  /** To an address that a customer or their browser gave: guarded, no redirects followed. `late`: nothing was answered in time. Never rejects. */
  post(
    url: string,
    headers: Record<string, string>,
    body: string | Uint8Array<ArrayBuffer>,
  ): Promise<{ status: number | null; error: string | null; late: boolean }>
  /** To a provider whose base URL is a setting. Rejects with a `TimeoutError` when nothing was answered in time. */
  fetch: (request: Request) => Promise<Response>
  /** Where providers call back: `<hooks>/twilio/…`, without a slash at the end. */
  hooks: string
  /** Null where the installation has no such account. */
  twilio: { base: string; account: string; token: string; from: string } | null
  telegram: { base: string; token: string } | null
  /** Ring of keys that push subscriptions are signed with, and who answers for it (RFC 8292 §2.1). */
  push: { keys: readonly string[]; subject: string }
  /** The mailbox of one machine; null on Cloudflare. */
  local: ((message: Local) => Promise<Receipt>) | null
  now(): number
}

/** Sends one page, says what the provider said, never throws. */
export type Channel = (page: Page, out: Out) => Promise<Receipt>

export const notify = { email, webhook, sms, voice, push, telegram } satisfies Record<ChannelName, Channel>
