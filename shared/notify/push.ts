import { utf8 } from './base64url.ts'
import type { Channel, Out } from './index.ts'
import type { Page, Receipt } from './page.ts'
import { encrypted, type Keys, PLAIN_BYTES_MAX, pairFor, vapid } from './push-crypto.ts'
import { accepted, locally, ours, refused, unknown } from './receipts.ts'
import { cut, headline, others } from './short.ts'

/** A contact's opened secret: the subscription, and the key it was made with. */
export type Subscribed = { endpoint: string; keys: Keys; server: string }
/** What the service worker shows and calls. `tag` is the page's id, so that a second copy takes the first one's place. */
export type PushMessage = {
  title: string
  body: string
  tag: string
  url: string
  acknowledge: string | null
  report: string | null
  loud: boolean
}

/** A push service keeps a message this long for a phone that is off: as long as we try ourselves. */
const TTL_S = 86_400

/** A page to a browser, a phone with the installed app among them. Only that browser can read it. */
export const push: Channel = async (page, out) => {
  const subscribed = page.secret === null ? null : (JSON.parse(page.secret) as Subscribed)
  if (!subscribed)
    return out.local
      ? locally(page, { subject: headline(page, 100), text: bodyOf(page) }, out, 'a push service')
      : refused(out.now(), 'Its subscription can no longer be opened. Add this browser again.', true)
  const { links, notice } = page
  return send(out, subscribed, page.id, {
    title: headline(page, 120),
    body: bodyOf(page),
    tag: page.id,
    url: links.incident,
    acknowledge: notice ? null : links.acknowledge,
    report: `${out.hooks}/push/${page.report}`,
    loud: page.critical,
  })
}

function bodyOf({ facts, incident, team, notice, ...page }: Page): string {
  if (notice) return team.name
  const more = others({ facts, incident, team, notice, ...page })
  return cut([team.name, ...(facts.what === incident.title ? [] : [facts.what]), ...(more ? [more] : [])].join(' · '), 300)
}

/** One message to one browser. `id` names it to the push service, which keeps only the newest of that name. */
export async function send(out: Out, { endpoint, keys, server }: Subscribed, id: string, message: PushMessage): Promise<Receipt> {
  const pair = await pairFor(out.push.keys, server)
  if (!pair) return refused(out.now(), 'Our push key changed since. Add this browser again.', true)
  const body = await encrypted(fitting(message), keys).catch(() => null)
  if (!body) return refused(out.now(), 'The keys of this browser are none. Add it again.', true)
  const headers = {
    authorization: await vapid(pair, endpoint, out.push.subject, out.now()),
    'content-encoding': 'aes128gcm',
    'content-type': 'application/octet-stream',
    ttl: String(TTL_S),
    urgency: message.loud ? 'high' : 'normal',
    topic: id.replaceAll('-', '').slice(0, 32),
  }
  const { status, error, late } = await out.post(endpoint, headers, body)
  if (status !== null && status >= 200 && status < 300) return accepted(out.now(), id)
  if (status === 404 || status === 410) return refused(out.now(), 'This browser unsubscribed.', true)
  if (status === 429 || (status !== null && status >= 500)) return ours(out.now(), `The push service answered ${status}.`)
  if (status !== null) return refused(out.now(), `The push service answered ${status}.`, status === 413)
  return late
    ? unknown(out.now(), 'the push service did not answer in time')
    : ours(out.now(), error ?? 'the push service cannot be reached')
}

/** A title that does not fit is cut by halves until all of it does. */
function fitting(message: PushMessage): Uint8Array<ArrayBuffer> {
  for (let max = 300; ; max = Math.floor(max / 2)) {
    const bytes = utf8(JSON.stringify({ ...message, title: cut(message.title, max), body: cut(message.body, max) }))
    if (bytes.length <= PLAIN_BYTES_MAX || max < 10) return bytes
  }
}
