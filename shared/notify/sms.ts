import type { Channel } from './index.ts'
import type { Page } from './page.ts'
import { broken, locally } from './receipts.ts'
import { headline, others, reference } from './short.ts'

/** Twilio takes 1,600 characters; a title of this length leaves room for two links. */
const TITLE_MAX = 300

/**
 * A page as a text message. Before a second try that may be a second copy, Twilio is asked for a message to this number that bears our
 * reference: what it has already is not sent again.
 */
export const sms: Channel = async (page, out) => {
  const text = smsText(page)
  if (!out.twilio) return locally(page, { subject: headline(page, 100), text }, out, 'Twilio')
  try {
    const { findMessage, sendMessage } = await import('./twilio.ts')
    const known = page.attempt > 1 && page.possiblyTwice ? await findMessage(out, page.contact, reference(page), page.firstAt) : null
    return known ?? (await sendMessage(out, { to: page.contact, body: text, report: page.report }))
  } catch (e) {
    return broken(e, out.now(), 'Twilio')
  }
}

export function smsText(page: Page): string {
  const { links, team } = page
  const more = others(page)
  return [
    `${headline(page, TITLE_MAX)} ${team.name}`,
    ...(more ? [more] : []),
    ...(links.acknowledge && !page.notice ? [`Acknowledge: ${links.acknowledge}`] : [links.incident]),
    `ref ${reference(page)}`,
  ].join('\n')
}
