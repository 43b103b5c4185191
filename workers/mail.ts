import type { Env } from '../durable-objects/env.ts'
import { within } from '../durable-objects/within.ts'
import type { Mail } from '../shared/notify/mail.ts'
import type { Receipt } from '../shared/notify/page.ts'
import { SECOND } from '../shared/time.ts'

const TIMEOUT_MS = 10 * SECOND

/** Codes of Cloudflare's send_email by which the address refuses. All others, E_RECIPIENT_NOT_ALLOWED too, are our own set-up. */
const ADDRESS_REFUSES = ['E_RECIPIENT_SUPPRESSED', 'E_DELIVERY_FAILED']

/** One mail on its way: to the local mailbox where there is one, else to Cloudflare. Never throws: what went wrong is in the receipt. */
export async function sendMail(env: Env, mail: Mail): Promise<Receipt> {
  const ids = { providerId: mail.id, at: Date.now() }
  try {
    const sent = env.MAILBOX ? toMailbox(env.MAILBOX, mail) : toCloudflare(env.EMAIL, mail)
    const { providerId } = await within(TIMEOUT_MS, sent)
    return { ...ids, at: Date.now(), providerId: providerId ?? mail.id, outcome: 'accepted', detail: null, fault: null }
  } catch (e) {
    const { name, code, message } = e as { name?: string; code?: string; message?: string }
    if (name === 'TimeoutError') return { ...ids, at: Date.now(), outcome: 'unknown', detail: 'no answer within 10 s', fault: 'ours' }
    const fault = code && ADDRESS_REFUSES.includes(code) ? 'theirs' : 'ours'
    const forGood = code === 'E_RECIPIENT_SUPPRESSED'
    return { ...ids, at: Date.now(), outcome: 'failed', detail: String(code ?? message ?? 'not sent').slice(0, 200), fault, forGood }
  }
}

async function toMailbox(mailbox: Fetcher, mail: Mail): Promise<{ providerId: string | null }> {
  const body = JSON.stringify({ ...mail, channel: 'email' })
  const r = await mailbox.fetch('http://mailbox/', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  if (!r.ok) throw new Error(`the mailbox answered ${r.status}`)
  return { providerId: null }
}

async function toCloudflare(binding: SendEmail, { id, from, to, subject, text, html }: Mail): Promise<{ providerId: string | null }> {
  // Message-ID is the platform's (E_HEADER_NOT_ALLOWED): ours goes beside it, so that a second copy can be recognised
  const headers = { 'X-Tocsin-Message-ID': id }
  const sent = await binding.send({ from, to, subject, text, html, headers })
  return { providerId: sent.messageId }
}
