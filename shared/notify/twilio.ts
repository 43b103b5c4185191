import DomainModule from 'twilio/lib/base/Domain.js'
import type RestException from 'twilio/lib/base/RestException.js'
import VersionModule from 'twilio/lib/base/Version.js'
import type V2010 from 'twilio/lib/rest/api/V2010.js'
import { CallListInstance } from 'twilio/lib/rest/api/v2010/account/call.js'
import { MessageListInstance } from 'twilio/lib/rest/api/v2010/account/message.js'
import VoiceModule from 'twilio/lib/twiml/VoiceResponse.js'
import type { Out } from './index.ts'
import type { Receipt } from './page.ts'
import { accepted, broken, ours, refused } from './receipts.ts'

/** CommonJS: some bundlers give the module for its default export, as Node does, and some the class. */
const classOf = <T>(module: T): T => (module as { default?: T }).default ?? module
const [Domain, Version, VoiceResponse] = [classOf(DomainModule), classOf(VersionModule), classOf(VoiceModule)]

/** Loaded when a message first leaves: the SDK's parts that send, with our fetch under them instead of its axios. */

/** Twilio's codes by which the number refuses for good. twilio.com/docs/api/errors */
const NUMBER_REFUSES = new Set([
  13223, 13224, 13225, 21211, 21214, 21215, 21216, 21217, 21265, 21407, 21421, 21601, 21604, 21610, 21612, 21614, 21635,
])

export const sendMessage = (out: Out, { to, body, report }: { to: string; body: string; report: string }): Promise<Receipt> =>
  asked(out, async (version, { account, from }) => {
    const message = await MessageListInstance(version, account).create({
      to,
      from,
      body,
      statusCallback: `${out.hooks}/twilio/status/${report}`,
    })
    return message.sid
  })

/** The message to this number that bears `reference`, if Twilio has one; null when it has none or cannot be asked. */
export async function findMessage(out: Out, to: string, reference: string, since: number): Promise<Receipt | null> {
  const { twilio } = out
  if (!twilio) return null
  try {
    // Twilio filters by whole days in UTC
    const list = await MessageListInstance(versionOf(out), twilio.account).list({
      to,
      dateSentAfter: new Date(since - 86_400_000),
      limit: 200,
    })
    const found = list.find((m) => m.body?.includes(reference))
    return found ? accepted(out.now(), found.sid, 'Twilio had it already') : null
  } catch {
    return null
  }
}

/** `keys` null: nothing can be pressed. */
export const call = (
  out: Out,
  { to, spoken, keys, report }: { to: string; spoken: string; keys: string | null; report: string },
): Promise<Receipt> =>
  asked(out, async (version, { account, from }) => {
    const made = await CallListInstance(version, account).create({
      to,
      from,
      twiml: script(spoken, keys, `${out.hooks}/twilio/keypad/${report}`),
      statusCallback: `${out.hooks}/twilio/status/${report}`,
      statusCallbackEvent: ['answered', 'completed'],
      timeout: 40,
    })
    return made.sid
  })

/** TwiML: the text, then the keys; heard twice, then it hangs up. The text is escaped by the SDK. */
export function script(spoken: string, keys: string | null, action: string): string {
  const response = new VoiceResponse()
  if (keys === null) response.say(spoken)
  else
    for (let i = 0; i < 2; i++) {
      const gather = response.gather({ numDigits: 1, action, method: 'POST', timeout: 8 })
      gather.say(spoken)
      gather.say(keys)
    }
  response.say('Goodbye.')
  return response.toString()
}

async function asked(out: Out, send: (version: V2010, twilio: NonNullable<Out['twilio']>) => Promise<string>): Promise<Receipt> {
  if (!out.twilio) return ours(out.now(), 'This installation has no account with Twilio.')
  try {
    return accepted(out.now(), await send(versionOf(out), out.twilio))
  } catch (e) {
    const { status, code } = e as Partial<RestException>
    if (typeof status !== 'number') return broken(e, out.now(), 'Twilio')
    if (code !== undefined && NUMBER_REFUSES.has(code)) return refused(out.now(), `Twilio refuses the number (${code}).`, true)
    return ours(out.now(), `Twilio answered ${status}${code ? ` (${code})` : ''}.`)
  }
}

type Asking = { method: string; uri: string; params?: object; data?: object }

/** The SDK's version over our fetch; the account's token is in a header and nowhere else. */
function versionOf(out: Out): V2010 {
  const { base, account, token } = out.twilio!
  const client = {
    async request({ method, uri, params, data }: Asking) {
      const url = new URL(uri)
      for (const [name, value] of Object.entries(params ?? {})) if (value !== undefined) url.searchParams.append(name, String(value))
      const headers: Record<string, string> = { authorization: `Basic ${btoa(`${account}:${token}`)}`, accept: 'application/json' }
      if (data) headers['content-type'] = 'application/x-www-form-urlencoded'
      const response = await out.fetch(
        new Request(url, { method, headers, ...(data ? { body: form(data as Record<string, unknown>) } : {}) }),
      )
      return { statusCode: response.status, body: await response.text() }
    },
  }
  return new Version(new Domain(client as never, base), '2010-04-01') as V2010
}

/** As the API takes it: a list is the same name several times. */
function form(data: Record<string, unknown>): string {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(data))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) body.append(name, String(one))
  return body.toString()
}
