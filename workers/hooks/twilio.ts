import { Hono } from 'hono'
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import type { Env } from '../../durable-objects/env.ts'
import type { Heard, Pressed } from '../../durable-objects/incidents-hearing.ts'
import { stubs } from '../../durable-objects/stubs.ts'
import { type AcknowledgeLink, openReport } from '../../shared/incidents/link.ts'
import { script } from '../../shared/notify/twilio.ts'
import { KEYS, spokenOf } from '../../shared/notify/voice.ts'
import { ring } from '../../shared/seal.ts'
import { formOf } from './form.ts'

type Asked = { env: Env; link: AcknowledgeLink; token: string; fields: Record<string, string> }

/**
 * `/hooks/twilio/*`: what Twilio tells of messages and calls, and keys that were pressed. Only what is signed with the account's token is
 * heard (X-Twilio-Signature over the address we gave and the fields), and only about the page whose sealed name is in the address.
 */
export const twilioHooks = new Hono<{ Bindings: Env }>()
  .post('/status/:link', (c) => answer(c.env, c.req.raw, c.req.param('link'), status))
  .post('/keypad/:link', (c) => answer(c.env, c.req.raw, c.req.param('link'), keypad))

async function answer(env: Env, request: Request, token: string, then: (asked: Asked) => Promise<Response>): Promise<Response> {
  const text = await formOf(request)
  if (text === null) return new Response('Too large', { status: 413 })
  const fields = Object.fromEntries(new URLSearchParams(text))
  const { pathname, search } = new URL(request.url)
  const signature = request.headers.get('x-twilio-signature') ?? ''
  // the address as we gave it: a proxy may have changed scheme and host on the way
  if (!env.TWILIO_AUTH_TOKEN || !validateRequest(env.TWILIO_AUTH_TOKEN, signature, `${env.TOCSIN_URL}${pathname}${search}`, fields))
    return new Response('Not signed by Twilio', { status: 403 })
  const link = await openReport(ring(env.SECRET_KEYS), token)
  // a test and a code are about no page
  if (!link) return new Response(null, { status: 204 })
  return then({ env, link, token, fields })
}

/** Message and call states. twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks, …/voice/api/call-resource */
const says: Record<string, Heard['state'] | undefined> = {
  delivered: 'delivered',
  read: 'seen',
  undelivered: 'undelivered',
  failed: 'undelivered',
  'in-progress': 'delivered',
  busy: 'undelivered',
  'no-answer': 'undelivered',
  canceled: 'undelivered',
}
/** Delivery errors that no further try can change: unknown, blocked or unreachable numbers. */
const FOR_GOOD = new Set(['30003', '30004', '30005', '30006', '21610'])

async function status({ link, fields }: Asked): Promise<Response> {
  const told = fields.MessageStatus ?? fields.CallStatus ?? ''
  const state = says[told]
  const code = fields.ErrorCode
  if (state)
    await stubs.incidents(link.team).told(link.page, {
      state,
      providerId: fields.MessageSid ?? fields.CallSid ?? null,
      detail: state === 'undelivered' ? `Twilio: ${told}${code ? ` (${code})` : ''}` : null,
      forGood: code !== undefined && FOR_GOOD.has(code),
    })
  return new Response(null, { status: 204 })
}

async function keypad({ env, link, token, fields }: Asked): Promise<Response> {
  const incidents = stubs.incidents(link.team)
  await incidents.told(link.page, { state: 'seen', providerId: fields.CallSid ?? null, detail: null })
  switch (fields.Digits) {
    case '1':
      return say(said[await incidents.pressed(link.page, 'acknowledge', 'keypad')])
    case '2':
      return say(said[await incidents.pressed(link.page, 'escalate', 'keypad')])
    default: {
      const spoken = await incidents.spoken(link.page)
      if (!spoken) return say(said.unknown)
      return xml(script(spokenOf(spoken), KEYS, `${env.TOCSIN_URL}/hooks/twilio/keypad/${token}`))
    }
  }
}

const said: Record<Pressed, string> = {
  acknowledged: 'You have it. The escalation has stopped.',
  'already-acknowledged': 'Somebody has it already. Nothing changed.',
  'already-resolved': 'It is resolved already. Nothing changed.',
  escalated: 'The next step is paged now.',
  'no-further-step': 'There is no further step. Nothing changed.',
  unknown: 'This incident is not known any more.',
}

const say = (text: string) => xml(script(text, null, ''))
const xml = (text: string) => new Response(text, { headers: { 'content-type': 'text/xml; charset=utf-8' } })
