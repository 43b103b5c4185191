import type { Env } from '../durable-objects/env.ts'
import { within } from '../durable-objects/within.ts'
import type { Local, Out } from '../shared/notify/index.ts'
import type { Receipt } from '../shared/notify/page.ts'
import { accepted, broken } from '../shared/notify/receipts.ts'
import { ring } from '../shared/seal.ts'
import { iso, SECOND } from '../shared/time.ts'
import { sendMail } from './mail.ts'
import { post } from './post.ts'

/** A provider that says nothing for this long may have taken it: the receipt says so. */
const TIMEOUT_MS = 10 * SECOND

/** The ways a page can leave this installation: which there are is what the settings say. */
export const waysOut = (env: Env): Out => ({
  from: env.MAIL_FROM,
  mail: (mail) => sendMail(env, mail),
  post: (url, headers, body) => post(env, url, headers, body),
  fetch: (request) => fetch(request, { signal: AbortSignal.timeout(TIMEOUT_MS) }),
  hooks: `${env.TOCSIN_URL}/hooks`,
  twilio:
    env.TWILIO_ACCOUNT_SID && env.TWILIO_AUTH_TOKEN
      ? { base: env.TWILIO_BASE_URL, account: env.TWILIO_ACCOUNT_SID, token: env.TWILIO_AUTH_TOKEN, from: env.TWILIO_FROM }
      : null,
  telegram: env.TELEGRAM_BOT && env.TELEGRAM_BOT_TOKEN ? { base: env.TELEGRAM_BASE_URL, token: env.TELEGRAM_BOT_TOKEN } : null,
  push: { keys: ring(env.SECRET_KEYS), subject: env.TOCSIN_URL.startsWith('https:') ? env.TOCSIN_URL : `mailto:${env.MAIL_FROM}` },
  local: env.MAILBOX ? (message) => toMailbox(env.MAILBOX!, message) : null,
  now: () => Date.now(),
})

async function toMailbox(mailbox: Fetcher, message: Local): Promise<Receipt> {
  const body = JSON.stringify({ at: iso(Date.now()), from: '', html: null, ...message })
  try {
    const sent = mailbox.fetch('http://mailbox/', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    const { ok, status } = await within(TIMEOUT_MS, sent)
    if (!ok) throw new Error(`the mailbox answered ${status}`)
    return accepted(Date.now(), message.id, 'in the mailbox of this machine')
  } catch (e) {
    return broken(e, Date.now(), 'the mailbox')
  }
}
