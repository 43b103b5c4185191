import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { stubs } from '../../durable-objects/stubs.ts'
import { member, user } from '../../shared/auth/table.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { sealReport } from '../../shared/incidents/link.ts'
import { startToken } from '../../shared/notify/notice.ts'
import { contactMethods } from '../../shared/notify/table.ts'
import { callbackOf } from '../../shared/notify/telegram.ts'
import { ring } from '../../shared/seal.ts'
import { telegramSecret } from '../../workers/hooks/telegram.ts'
import { fakeTwilio } from '../fakes/twilio.ts'
import { aTeam, call, env } from '../given.ts'

const twilio = fakeTwilio()
beforeAll(() => {
  // the token signs callbacks; without an account nothing is sent by Twilio here
  Object.assign(env, { TWILIO_AUTH_TOKEN: twilio.token, TELEGRAM_BOT_TOKEN: '1:token' })
})
afterAll(() => {
  Object.assign(env, { TWILIO_AUTH_TOKEN: undefined, TELEGRAM_BOT_TOKEN: undefined })
})

/** A declared incident whose page to the owner's phone has left; a colleague is next. */
async function aPage(channel: 'voice' | 'sms' | 'telegram' = 'voice') {
  const t = await aTeam()
  const at = Date.now()
  const second = newId()
  const contact = channel === 'telegram' ? String(at) : `+336${String(at).slice(-8)}`
  const database = db(env.DB)
  await database.batch([
    database
      .insert(user)
      .values({ id: second, name: 'Theo', email: `theo-${second}@example.com`, createdAt: new Date(at), updatedAt: new Date(at) }),
    database
      .insert(member)
      .values({ id: newId(), organizationId: t.team, userId: second, role: 'responder', createdAt: new Date(at + 1000) }),
    database.insert(contactMethods).values({
      id: newId(),
      team: t.team,
      person: t.person,
      channel,
      contact,
      label: '',
      secret: null,
      verified_at: at,
      created_at: at,
      updated_at: at,
    }),
  ])
  const { body: incident } = await t.api('POST', '/api/incidents', { title: 'Cards fail', severity: 'SEV1' })
  const pages = async () => (await t.api('GET', `/api/incidents/${incident.id}/pages`)).body
  const page = await expect
    .poll(async () => (await pages()).find((p: { channel: string; state: string }) => p.channel === channel && p.state === 'accepted'), {
      timeout: 8000,
    })
    .toBeTruthy()
    .then(async () => (await pages()).find((p: { channel: string }) => p.channel === channel))
  const link = await sealReport(ring(env.SECRET_KEYS), { team: t.team, incident: incident.id, page: page.id, person: t.person })
  return {
    ...t,
    incident,
    page,
    link,
    contact,
    status: async () => (await t.api('GET', `/api/incidents/${incident.id}`)).body,
    receipts: async () => (await pages()).find((p: { id: string }) => p.id === page.id).receipts.map((r: { state: string }) => r.state),
    now: async () => (await pages()).find((p: { id: string }) => p.id === page.id),
    timeline: async () => (await t.api('GET', `/api/incidents/${incident.id}/timeline`)).body,
  }
}
const hear = (path: string, fields: Record<string, string>) => call(path, twilio.signed(`http://localhost${path}`, fields))

describe('keys on a phone', () => {
  test('1 acknowledges as whoever was called, and the receipt says seen and acknowledged', async () => {
    const p = await aPage()
    const answer = await hear(`/hooks/twilio/keypad/${p.link}`, { CallSid: 'CA1', Digits: '1' })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('You have it')
    expect(await p.status()).toMatchObject({ status: 'ACKNOWLEDGED', responder_id: p.person, acknowledged_by: { id: p.person } })
    expect(await p.receipts()).toEqual(['queued', 'sent', 'accepted', 'seen', 'acknowledged'])
    expect((await p.timeline()).at(-1)).toMatchObject({ type: 'acknowledged', data: { via: 'keypad', channel: 'voice' } })
    expect(await (await hear(`/hooks/twilio/keypad/${p.link}`, { Digits: '1' })).text()).toContain('Somebody has it already')
  })
  test('2 takes the next step now', async () => {
    const p = await aPage()
    expect(await (await hear(`/hooks/twilio/keypad/${p.link}`, { Digits: '2' })).text()).toContain('next step is paged now')
    expect(await p.status()).toMatchObject({ status: 'OPEN', escalation_level: 2 })
    expect(await (await hear(`/hooks/twilio/keypad/${p.link}`, { Digits: '2' })).text()).toContain('no further step')
  })
  test('3, or any other key, repeats', async () => {
    const p = await aPage()
    for (const Digits of ['3', '9', '']) {
      const said = await (await hear(`/hooks/twilio/keypad/${p.link}`, { Digits })).text()
      expect(said).toContain('Cards fail')
      expect(said).toContain(`/hooks/twilio/keypad/${p.link}`)
    }
    expect((await p.status()).status).toBe('OPEN')
  })
})

describe('what Twilio tells of a message', () => {
  test('delivered is a receipt; told twice it is one', async () => {
    const p = await aPage('sms')
    for (let i = 0; i < 2; i++)
      expect((await hear(`/hooks/twilio/status/${p.link}`, { MessageSid: 'SM1', MessageStatus: 'delivered' })).status).toBe(204)
    expect(await p.receipts()).toEqual(['queued', 'sent', 'accepted', 'delivered'])
  })
  test('not answered is tried again, an unknown number is not', async () => {
    const p = await aPage()
    await hear(`/hooks/twilio/status/${p.link}`, { CallSid: 'CA1', CallStatus: 'no-answer' })
    expect(await p.now()).toMatchObject({
      state: 'due',
      attempt: 1,
      receipts: [{}, {}, {}, { state: 'failed', detail: 'Twilio: no-answer', provider_id: 'CA1' }],
    })
    const q = await aPage('sms')
    await hear(`/hooks/twilio/status/${q.link}`, { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30005' })
    expect(await q.now()).toMatchObject({ state: 'failed' })
  })
  test.each(['queued', 'sent', 'ringing', 'completed', 'nonsense', ''])('%s changes nothing', async (MessageStatus) => {
    const p = await aPage('sms')
    expect((await hear(`/hooks/twilio/status/${p.link}`, { MessageStatus })).status).toBe(204)
    expect(await p.receipts()).toEqual(['queued', 'sent', 'accepted'])
  })
  test('whatever is not signed by the account is refused and changes nothing', async () => {
    const p = await aPage()
    const path = `/hooks/twilio/keypad/${p.link}`
    const good = twilio.signed(`http://localhost${path}`, { Digits: '1' })
    const refused = [
      { ...good, headers: { ...good.headers, 'x-twilio-signature': '' } },
      { ...good, body: 'Digits=2' },
      { ...good, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      fakeTwilio('AC1', 'another-token').signed(`http://localhost${path}`, { Digits: '1' }),
      { method: 'POST', body: new Uint8Array(100_000) },
    ]
    for (const init of refused) expect([403, 413]).toContain((await call(path, init as RequestInit)).status)
    expect((await p.status()).status).toBe('OPEN')
  })
  test('a signed callback about no page of ours changes nothing', async () => {
    for (const link of [
      'none',
      'x'.repeat(200),
      await sealReport(ring(env.SECRET_KEYS), { team: newId(), incident: newId(), page: newId(), person: null }),
    ])
      expect((await hear(`/hooks/twilio/status/${link}`, { MessageStatus: 'delivered' })).status).toBe(204)
  })
})

describe('Telegram', () => {
  const update = async (body: object, secret?: string) =>
    call('/hooks/telegram', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret ?? (await telegramSecret(env)) },
      body: JSON.stringify(body),
    })

  test('a button acknowledges in the chat that the page was sent to, and in no other', async () => {
    const p = await aPage('telegram')
    const press = (chat: number) =>
      update({ callback_query: { id: 'q', data: callbackOf(p.team, p.page.id), message: { chat: { id: chat } } } })
    expect((await press(1)).status).toBe(200)
    expect((await p.status()).status).toBe('OPEN')
    expect((await press(Number(p.contact))).status).toBe(200)
    expect(await p.status()).toMatchObject({ status: 'ACKNOWLEDGED', responder_id: p.person })
  })
  test('/start with the link’s token verifies the chat, once, and no other token does', async () => {
    const target = inject('target')
    await fetch(`${target}/bot1:token/sendMessage`, {
      method: 'PUT',
      body: JSON.stringify([{ body: '{"ok":true,"result":{"message_id":5}}' }]),
    })
    Object.assign(env, { TELEGRAM_BOT: 'tocsin_bot', TELEGRAM_BASE_URL: target })
    try {
      const t = await aTeam()
      const made = await t.api('POST', '/api/oncall/contact-methods', { channel: 'telegram' })
      expect(made).toMatchObject({
        status: 201,
        body: { verified: false, link: expect.stringMatching(/^https:\/\/t\.me\/tocsin_bot\?start=[\w-]{64}$/) },
      })
      const verified = async () => (await t.api('GET', `/api/oncall/contact-methods/${made.body.id}`)).body
      await update({ message: { chat: { id: 77 }, text: `/start ${startToken(t.team, made.body.id).token}` } })
      expect((await verified()).verified).toBe(false)
      const token = made.body.link.split('start=')[1]
      await update({ message: { chat: { id: 77 }, text: `/start ${token}` } })
      expect(await verified()).toMatchObject({ verified: true, contact: '77' })
      await update({ message: { chat: { id: 78 }, text: `/start ${token}` } })
      expect(await verified()).toMatchObject({ contact: '77' })
      expect(await t.api('POST', `/api/oncall/contact-methods/${made.body.id}/test`)).toMatchObject({
        body: { outcome: 'accepted', provider_id: '5' },
      })
    } finally {
      Object.assign(env, { TELEGRAM_BOT: '', TELEGRAM_BASE_URL: 'https://api.telegram.org' })
    }
  })
  test('an update without our secret is refused, one that is no update is dropped', async () => {
    expect((await update({}, 'wrong')).status).toBe(403)
    expect((await call('/hooks/telegram', { method: 'POST', body: '{}' })).status).toBe(403)
    const headers = { 'x-telegram-bot-api-secret-token': await telegramSecret(env) }
    for (const body of ['', '{', 'null', '[]', '{"callback_query":{"data":"a"}}'])
      expect((await call('/hooks/telegram', { method: 'POST', headers, body })).status).toBe(200)
  })
})

describe('push', () => {
  test('the browser tells that it showed the page, and that it was tapped', async () => {
    const p = await aPage('sms')
    expect((await call(`/hooks/push/${p.link}/delivered`, { method: 'POST' })).status).toBe(204)
    expect((await call(`/hooks/push/${p.link}/seen`, { method: 'POST' })).status).toBe(204)
    expect(await p.receipts()).toEqual(['queued', 'sent', 'accepted', 'delivered', 'seen'])
    expect((await call(`/hooks/push/forged/seen`, { method: 'POST' })).status).toBe(404)
    expect((await call(`/hooks/push/${p.link}/acknowledged`, { method: 'POST' })).status).toBe(404)
    expect((await p.status()).status).toBe('OPEN')
  })
})

test('a link of ours that opens an acknowledge page opens no callback, and the other way round', async () => {
  const p = await aPage('sms')
  expect((await call(`/a/${p.link}`)).status).toBe(404)
})

test('every receipt is signed, and the public key proves it', async () => {
  const p = await aPage('sms')
  const { keys } = await (await call('/.well-known/tocsin-receipts.json')).json<{ keys: JsonWebKey[] }>()
  const [header, payload, signature] = p.page.signed.split('.') as [string, string, string]
  const bytes = (text: string) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
  const key = await crypto.subtle.importKey('jwk', keys[0]!, { name: 'Ed25519' }, false, ['verify'])
  const signed = new TextEncoder().encode(`${header}.${payload}`)
  expect(await crypto.subtle.verify({ name: 'Ed25519' }, key, bytes(signature), signed)).toBe(true)
  expect(
    await crypto.subtle.verify({ name: 'Ed25519' }, key, bytes(signature), new TextEncoder().encode(`${header}.${payload.slice(0, -2)}AA`)),
  ).toBe(false)
  const said = JSON.parse(new TextDecoder().decode(bytes(payload)))
  expect(said).toMatchObject({
    team: p.team,
    incident: p.incident.id,
    page: { id: p.page.id, channel: 'sms', receipts: [{ state: 'queued' }, { state: 'sent' }, { state: 'accepted' }] },
  })
  expect(JSON.stringify(said)).not.toContain('Ines Okafor')
})

test('the paging objective is measured from real pages', async () => {
  const p = await aPage('sms')
  const { body } = await p.api('GET', '/api/incidents/metrics/paging')
  expect(body).toMatchObject({ pages: 1, objective_ms: 2000, within_objective: 1 })
  expect(body.p99_ms).toBeLessThan(2000)
  expect(await stubs.incidents(p.team).departures(0, 1)).toEqual([])
})
