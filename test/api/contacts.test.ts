import { env as workerEnv } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { Env } from '../../durable-objects/env.ts'
import { newId } from '../../shared/ids.ts'
import { aTeam } from '../given.ts'

const env = workerEnv as unknown as Env
type Message = { channel: string; to: string; subject: string; text: string }
const mailbox = async (to: string): Promise<Message[]> =>
  (await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json<Message[]>()).filter((m) => m.to === to)
const codeTo = async (to: string) => /(\d(?:, )?){6}/.exec((await mailbox(to))[0]!.text)![0].replaceAll(', ', '')
const phone = () => `+336${String(Date.now()).slice(-4)}${String(Math.floor(performance.now() * 1000)).slice(-4)}`
const path = '/api/oncall/contact-methods'

describe('contact methods', () => {
  test('the account’s address is there and verified, and can be tested but not deleted', async () => {
    const t = await aTeam()
    const { body } = await t.api('GET', path)
    expect(body.data).toMatchObject([{ id: t.person, channel: 'email', contact: t.email, verified: true, is_account: true }])
    expect(body.push_key).toMatch(/^[\w-]{87}$/)
    expect(await t.api('POST', `${path}/${t.person}/test`)).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
    expect((await mailbox(t.email))[0]!.text).toContain('This is a test page')
    expect((await t.api('DELETE', `${path}/${t.person}`)).status).toBe(409)
  })

  test.each(['sms', 'voice'] as const)('%s: a code is sent, labelled, to the mailbox of this machine, and verifies it', async (channel) => {
    const t = await aTeam()
    const contact = phone()
    const made = await t.api('POST', path, { channel, contact: `${contact.slice(0, 4)} ${contact.slice(4)}`, label: 'My phone' })
    expect(made).toMatchObject({ status: 201, body: { channel, contact, verified: false, code: { sent: true, detail: null } } })
    expect((await mailbox(contact))[0]).toMatchObject({ channel })
    expect(await t.api('POST', `${path}/${made.body.id}/test`)).toMatchObject({ status: 409 })
    const code = await codeTo(contact)
    expect(await t.api('POST', `${path}/${made.body.id}/verify`, { code: code === '000000' ? '000001' : '000000' })).toMatchObject({
      status: 422,
    })
    expect(await t.api('POST', `${path}/${made.body.id}/verify`, { code })).toMatchObject({ status: 200, body: { verified: true } })
    expect(await t.api('POST', `${path}/${made.body.id}/verify`, { code })).toMatchObject({ status: 409 })
    expect(await t.api('POST', `${path}/${made.body.id}/test`)).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
    expect((await t.api('DELETE', `${path}/${made.body.id}`)).status).toBe(204)
    expect((await t.api('GET', `${path}/${made.body.id}`)).status).toBe(404)
  })

  test('five wrong codes end it, and another one can be asked for', async () => {
    const t = await aTeam()
    const contact = phone()
    const { body } = await t.api('POST', path, { channel: 'sms', contact })
    const code = await codeTo(contact)
    const wrong = code === '111111' ? '222222' : '111111'
    for (let i = 0; i < 5; i++) expect((await t.api('POST', `${path}/${body.id}/verify`, { code: wrong })).status).toBe(422)
    expect((await t.api('POST', `${path}/${body.id}/verify`, { code })).status).toBe(422)
    expect(await t.api('POST', `${path}/${body.id}/code`)).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
    expect((await t.api('POST', `${path}/${body.id}/verify`, { code: await codeTo(contact) })).status).toBe(200)
  })

  test('no more than twenty codes and tests an hour leave for one person', async () => {
    const t = await aTeam()
    for (let i = 0; i < 20; i++) expect((await t.api('POST', `${path}/${t.person}/test`)).status).toBe(200)
    expect(await t.api('POST', `${path}/${t.person}/test`)).toMatchObject({ status: 429 })
  })

  test('a browser’s subscription is kept sealed, shown by its host alone, and verified by what it shows', async () => {
    const t = await aTeam()
    const subscription = { endpoint: 'http://127.0.0.1:9/device', keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) } }
    const made = await t.api('POST', path, { channel: 'push', subscription, label: 'Chrome' })
    expect(made).toMatchObject({
      status: 201,
      body: { contact: expect.stringMatching(/^127\.0\.0\.1:9 [0-9a-f]{8}$/), verified: false, code: { sent: false } },
    })
    expect(JSON.stringify(made.body)).not.toContain('device')
    const row = await env.DB.prepare('SELECT secret FROM contact_methods WHERE id = ?').bind(made.body.id).first<{ secret: string }>()
    expect(row!.secret).not.toContain('device')
    expect(await t.api('POST', path, { channel: 'push', subscription })).toMatchObject({ status: 409 })
  })

  test.each<[string, object]>([
    ['a number without its country', { channel: 'sms', contact: '0612345678' }],
    ['letters', { channel: 'voice', contact: '+33abc' }],
    ['no address', { channel: 'email', contact: 'ines' }],
    ['another channel', { channel: 'pigeon', contact: 'x' }],
    ['a chat that is none', { channel: 'telegram', contact: '@ines' }],
    ['a subscription without keys', { channel: 'push', subscription: { endpoint: 'https://push.example/x' } }],
    [
      'a subscription of another scheme',
      { channel: 'push', subscription: { endpoint: 'javascript:1', keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) } } },
    ],
    ['a label of two lines', { channel: 'email', contact: 'a@example.com', label: 'a\nb' }],
  ])('%s is refused', async (_, body) => {
    expect((await (await aTeam()).api('POST', path, body)).status).toBe(422)
  })

  test('nobody sees or changes another person’s, and a key needs the permission', async () => {
    const [ours, theirs] = [await aTeam(), await aTeam()]
    const { body } = await theirs.api('POST', path, { channel: 'sms', contact: phone() })
    for (const method of ['GET', 'DELETE']) expect((await ours.api(method, `${path}/${body.id}`)).status).toBe(404)
    expect((await ours.api('POST', `${path}/${body.id}/code`)).status).toBe(404)
    expect((await ours.api('POST', `${path}/${body.id}/verify`, { code: '123456' })).status).toBe(404)
    const reader = await aTeam({ scopes: ['oncall:read'] })
    expect((await reader.api('POST', path, { channel: 'sms', contact: phone() })).status).toBe(403)
  })
})

describe('urgencies', () => {
  test('a team has SEV1 to SEV4, changes their channels, and adds its own', async () => {
    const t = await aTeam()
    const { body } = await t.api('GET', '/api/oncall/urgencies')
    expect(body.data.map((u: { name: string; critical: boolean }) => [u.name, u.critical])).toEqual([['SEV1', true], ['SEV2', true], ['SEV3', false], ['SEV4', false]]) // biome-ignore format: pairs
    const sev4 = body.data[3].id
    expect(await t.api('PATCH', `/api/oncall/urgencies/${sev4}`, { channels: ['EMAIL', 'push', 'push'] })).toMatchObject({
      status: 200,
      body: { channels: ['email', 'push'] },
    })
    expect((await t.api('DELETE', `/api/oncall/urgencies/${sev4}`)).status).toBe(409)
    const own = await t.api('POST', '/api/oncall/urgencies', { name: 'Loud', channels: ['voice'], critical: true })
    expect(own).toMatchObject({ status: 201, body: { severity: null, critical: true } })
    const policy = await t.api('POST', '/api/oncall/policies', {
      name: 'P',
      steps: [{ targets: [{ type: 'team' }], urgency: own.body.id }],
    })
    expect(policy.status).toBe(201)
    expect((await t.api('DELETE', `/api/oncall/urgencies/${own.body.id}`)).status).toBe(409)
    await t.api('DELETE', `/api/oncall/policies/${policy.body.id}`)
    expect((await t.api('DELETE', `/api/oncall/urgencies/${own.body.id}`)).status).toBe(204)
    expect((await (await aTeam()).api('GET', `/api/oncall/urgencies/${sev4}`)).status).toBe(404)
  })
})

describe('notification rules', () => {
  test('wishes replace the default, and what they come to is shown', async () => {
    const t = await aTeam()
    const { body } = await t.api('GET', '/api/oncall/notification-rules')
    expect(body).toMatchObject({
      rules: [],
      quiet_hours: [],
      effective: [{ urgency: 'SEV1', pages: [{ channel: 'email', after_minutes: 0 }] }, {}, {}, {}],
    })
    const sev1 = body.effective[0].urgency_id
    const rules = [{ urgency_id: sev1, contact_method_id: t.person, after_minutes: 5 }]
    const quiet_hours = [{ days: ['SAT', 'sun'], from: '22:00', to: '08:00' }]
    const put = await t.api('PUT', '/api/oncall/notification-rules', { rules, quiet_hours })
    expect(put).toMatchObject({
      status: 200,
      body: { rules, quiet_hours: [{ days: ['sat', 'sun'] }], effective: [{ pages: [{ after_minutes: 5 }] }, {}, {}, {}] },
    })
    expect((await t.api('GET', '/api/oncall/notification-rules')).body).toEqual(put.body)
  })
  test('a contact that is not verified, and an urgency of another team, are refused by their paths', async () => {
    const t = await aTeam()
    const { body } = await t.api('POST', path, { channel: 'sms', contact: phone() })
    const rules = [{ urgency_id: newId(), contact_method_id: body.id, after_minutes: 0 }]
    const answer = await t.api('PUT', '/api/oncall/notification-rules', { rules })
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map((e: { path: string }) => e.path)).toEqual(['rules.0.urgency_id', 'rules.0.contact_method_id'])
  })
})

test('a policy group is made, renamed and deleted; its policies stay', async () => {
  const t = await aTeam()
  const { body: group } = await t.api('POST', '/api/oncall/policy-groups', { name: 'Payments' })
  const { body: policy } = await t.api('POST', '/api/oncall/policies', {
    name: 'P',
    steps: [{ targets: [{ type: 'team' }] }],
    policy_group_id: group.id,
  })
  expect(policy.policy_group_id).toBe(group.id)
  expect((await t.api('PATCH', `/api/oncall/policy-groups/${group.id}`, { name: 'Money' })).body.name).toBe('Money')
  expect((await t.api('GET', '/api/oncall/policy-groups')).body.data).toMatchObject([{ name: 'Money' }])
  expect((await t.api('DELETE', `/api/oncall/policy-groups/${group.id}`)).status).toBe(204)
  expect((await t.api('GET', `/api/oncall/policies/${policy.id}`)).body.policy_group_id).toBeNull()
})
