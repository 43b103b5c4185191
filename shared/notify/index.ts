import { email } from './email.ts'
import type { Mail } from './mail.ts'
import type { ChannelName, Page, Receipt } from './page.ts'
import { webhook } from './webhook.ts'

/** The ways out that a channel may use; the shell gives them, tests record them. */
export type Out = {
  from: string
  mail(mail: Mail): Promise<Receipt>
  /** To an address that a customer typed: guarded, no redirects followed. `late`: nothing was answered in time. Never rejects. */
  post(url: string, headers: Record<string, string>, body: string): Promise<{ status: number | null; error: string | null; late: boolean }>
  now(): number
}

/** Sends one page, says what the provider said, never throws. */
export type Channel = (page: Page, out: Out) => Promise<Receipt>

export const notify = { email, webhook } satisfies Record<ChannelName, Channel>
