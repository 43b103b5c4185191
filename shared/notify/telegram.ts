import type { Channel, Out } from './index.ts'
import { accepted, broken, locally, ours, refused } from './receipts.ts'
import { headline, others } from './short.ts'
import { clockInZone } from './zone.ts'

/** Bot API: a text has at most 4,096 characters. */
const TITLE_MAX = 1000

/** A page in a chat with the installation's bot; its button acknowledges. A chat cannot be asked: a second copy may come. */
export const telegram: Channel = async (page, out) => {
  const { links, facts, incident, person } = page
  const text = [
    headline(page, TITLE_MAX),
    ...(page.notice || facts.what === incident.title ? [] : [facts.what]),
    ...(page.notice
      ? []
      : [`Since ${clockInZone(incident.startedAt, person?.zone ?? 'UTC')}. Step ${page.step} of ${page.policy}, ${page.team.name}.`]),
    ...[others(page)].filter((line) => line !== null),
  ].join('\n')
  if (!out.telegram) return locally(page, { subject: headline(page, 100), text }, out, 'Telegram')
  const acknowledge = page.notice ? [] : [{ text: 'Acknowledge', callback_data: callbackOf(page.team.id, page.id) }]
  // Telegram refuses buttons to addresses that are not public
  const open = links.incident.startsWith('https:') ? [{ text: 'Open', url: links.incident }] : []
  return say(out, page.contact, text, [...acknowledge, ...open])
}

type Button = { text: string; callback_data: string } | { text: string; url: string }

/** A message of the bot. */
export async function say(out: Out, chat: string, text: string, buttons: Button[] = []): Promise<ReturnType<typeof accepted>> {
  const markup = buttons.length ? { reply_markup: { inline_keyboard: [buttons] } } : {}
  try {
    const response = await bot(out, 'sendMessage', {
      chat_id: chat,
      text: text.slice(0, 4096),
      link_preview_options: { is_disabled: true },
      ...markup,
    })
    const answer = (await response.json().catch(() => null)) as {
      ok?: boolean
      error_code?: number
      result?: { message_id?: number }
    } | null
    if (response.ok && answer?.ok) return accepted(out.now(), String(answer.result?.message_id ?? ''))
    // 400: the chat does not exist; 403: the person blocked the bot. A wrong token is 401 or 404
    if (response.status === 400 || response.status === 403)
      return refused(out.now(), `Telegram refuses the chat (${response.status}).`, true)
    return ours(out.now(), `Telegram answered ${response.status}.`)
  } catch (e) {
    return broken(e, out.now(), 'Telegram')
  }
}

/** One call of the Bot API. The token is part of the address, so no address may reach a log or a receipt. */
export function bot(out: Out, method: string, body: object): Promise<Response> {
  const { base, token } = out.telegram!
  const headers = { 'content-type': 'application/json' }
  return out.fetch(new Request(`${base}/bot${token}/${method}`, { method: 'POST', headers, body: JSON.stringify(body) }))
}

/** At most 64 bytes: the team and the page of a button. */
export const callbackOf = (team: string, page: string): string => `a${[team, page].map(packed).join('')}`

/** Null when it is not one of ours. */
export function readCallback(data: string): { team: string; page: string } | null {
  const match = /^a([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{22})$/.exec(data)
  return match ? { team: unpacked(match[1]!), page: unpacked(match[2]!) } : null
}

const packed = (id: string): string =>
  btoa(
    String.fromCharCode(
      ...id
        .replaceAll('-', '')
        .match(/../g)!
        .map((hex) => Number.parseInt(hex, 16)),
    ),
  )
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
const unpacked = (text: string): string => {
  const hex = Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join(
    '',
  )
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
