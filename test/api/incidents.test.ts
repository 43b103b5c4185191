import { describe, expect, test } from 'vitest'
import { stubs } from '../../durable-objects/stubs.ts'
import { member, user } from '../../shared/auth/table.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { aTeam, env } from '../given.ts'

type Message = { to: string; subject: string; html: string; text: string; incident_id: string }
const mailbox = async (incident: string): Promise<Message[]> =>
  (await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json<Message[]>()).filter((m) => m.incident_id === incident)
const declare = async (t: Awaited<ReturnType<typeof aTeam>>, more = {}) =>
  (await t.api('POST', '/api/incidents', { title: 'Checkout is down', ...more })).body

describe('declaring', () => {
  test('pages, is numbered per team, and the list shows it at once', async () => {
    const t = await aTeam()
    const { status, body } = await t.api('POST', '/api/incidents', {
      title: ' Checkout is down ',
      severity: 'sev1',
      description: 'Cards fail',
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      team_number: 1,
      title: 'Checkout is down',
      description: 'Cards fail',
      status: 'OPEN',
      severity: 'SEV1',
      escalation_level: 1,
      responder_id: t.person,
      acknowledged_at: null,
      time_to_acknowledge: null,
      policy_name: 'Default',
      next: [{ step: 2, who: ['the whole team'] }],
    })
    expect((await t.api('GET', '/api/incidents')).body.data).toMatchObject([{ id: body.id, status: 'OPEN' }])
    await expect.poll(() => mailbox(body.id)).toMatchObject([{ to: t.email, subject: 'SEV1 Checkout is down' }])
    expect((await declare(t)).team_number).toBe(2)
  })

  test('is SEV3 by default, and pages nobody when asked not to', async () => {
    const t = await aTeam()
    const body = await declare(t, { notify: false })
    expect(body).toMatchObject({ severity: 'SEV3', notify: false, next: [], escalation_level: 0 })
    expect((await t.api('GET', `/api/incidents/${body.id}/timeline`)).body.map((e: { type: string }) => e.type)).toEqual([
      'declared',
      'not-paged',
    ])
    expect((await t.api('GET', `/api/incidents/${body.id}/pages`)).body).toEqual([])
  })

  test('twice with one Idempotency-Key is one incident, also at once; with another body it is refused', async () => {
    const t = await aTeam()
    const make = (title: string) => t.api('POST', '/api/incidents', { title }, { 'idempotency-key': 'k' })
    const [a, b] = await Promise.all([make('One'), make('One')])
    const c = await make('One')
    expect(new Set([a, b, c].map((r) => r.body.id)).size).toBe(1)
    expect(c).toMatchObject({ status: 201 })
    expect(await make('Two')).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } })
    expect((await t.api('GET', '/api/incidents')).body.data).toHaveLength(1)
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['no title', {}, 'title'],
    ['an empty title', { title: ' ' }, 'title'],
    ['a severity that does not exist', { title: 'x', severity: 'SEV9' }, 'severity'],
    ['a policy of nobody', { title: 'x', policy_id: newId() }, 'policy_id'],
    ['a policy id that is none', { title: 'x', policy_id: "1' OR 1=1" }, 'policy_id'],
    ['an unknown attribute', { title: 'x', page: true }, 'page'],
  ])('with %s is refused and the path is named', async (_, body, path) => {
    const t = await aTeam()
    const answer = await t.api('POST', '/api/incidents', body)
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map((e: { path: string }) => e.path)).toEqual([path])
  })
})

describe('acknowledging, resolving, reopening', () => {
  test.each(['PATCH', 'POST'])('by %s: each once, then 409', async (method) => {
    const t = await aTeam()
    const { id } = await declare(t)
    const verb = (v: string) => t.api(method, `/api/incidents/${id}/${v}`)
    expect(await verb('acknowledge')).toMatchObject({
      status: 200,
      body: { status: 'ACKNOWLEDGED', acknowledged_by: { type: 'key', name: 'test' }, time_to_acknowledge: expect.any(Number), next: [] },
    })
    expect(await verb('acknowledge')).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(await verb('resolve')).toMatchObject({ status: 200, body: { status: 'RESOLVED', time_to_resolve: expect.any(Number) } })
    expect(await verb('resolve')).toMatchObject({ status: 409 })
    expect(await verb('acknowledge')).toMatchObject({ status: 409 })
    expect((await t.api('GET', '/api/incidents')).body.data).toMatchObject([{ status: 'RESOLVED' }])
  })

  test('of ten at once one wins', async () => {
    const t = await aTeam()
    const { id } = await declare(t)
    const all = await Promise.all(Array.from({ length: 10 }, () => t.api('PATCH', `/api/incidents/${id}/acknowledge`)))
    expect(all.map((a) => a.status).sort()).toEqual([200, ...Array(9).fill(409)])
  })

  test('reopening pages again; only what is resolved can be reopened', async () => {
    const t = await aTeam()
    const { id } = await declare(t)
    expect(await t.api('POST', `/api/incidents/${id}/reopen`)).toMatchObject({ status: 409 })
    await expect.poll(() => mailbox(id)).toHaveLength(1)
    await t.api('POST', `/api/incidents/${id}/resolve`)
    expect(await t.api('POST', `/api/incidents/${id}/reopen`)).toMatchObject({ status: 200, body: { status: 'OPEN', resolved_at: null } })
    await expect.poll(() => mailbox(id)).toHaveLength(2)
  })
})

describe('escalating', () => {
  async function withTheo() {
    const t = await aTeam()
    const theo = newId()
    const at = new Date(Date.now() + 1000)
    const email = `theo-${theo}@example.com`
    await db(env.DB).batch([
      db(env.DB).insert(user).values({ id: theo, name: 'Theo Lindgren', email, createdAt: at, updatedAt: at }),
      db(env.DB).insert(member).values({ id: newId(), organizationId: t.team, userId: theo, role: 'responder', createdAt: at }),
    ])
    return { ...t, theo: { id: theo, email } }
  }

  test('takes the next step now; after the last one it says so', async () => {
    const t = await withTheo()
    const { id } = await declare(t)
    const next = await t.api('POST', `/api/incidents/${id}/escalate`, {})
    expect(next).toMatchObject({ status: 200, body: { escalation_level: 2, next: [] } })
    await expect.poll(async () => (await mailbox(id)).map((m) => m.to).sort()).toEqual([t.email, t.email, t.theo.email].sort())
    expect(await t.api('POST', `/api/incidents/${id}/escalate`, {})).toMatchObject({ status: 409 })
  })

  test('calls somebody in, also after it was acknowledged, and leaves the ladder where it is', async () => {
    const t = await withTheo()
    const { id } = await declare(t)
    await t.api('PATCH', `/api/incidents/${id}/acknowledge`)
    const call = await t.api('POST', `/api/incidents/${id}/escalate`, { target: { type: 'USER', id: t.theo.id } })
    expect(call).toMatchObject({ status: 200, body: { status: 'ACKNOWLEDGED', escalation_level: 1 } })
    await expect.poll(async () => (await mailbox(id)).map((m) => m.to)).toContain(t.theo.email)
    expect((await t.api('GET', `/api/incidents/${id}/timeline`)).body).toContainEqual(
      expect.objectContaining({ type: 'escalated', data: { to: 'Theo Lindgren' } }),
    )
  })

  test('to nobody is refused', async () => {
    const t = await aTeam()
    const { id } = await declare(t)
    const to = (target: unknown) => t.api('POST', `/api/incidents/${id}/escalate`, { target })
    expect(await to({ type: 'user', id: newId() })).toMatchObject({ status: 422 })
    expect(await to({ type: 'user' })).toMatchObject({ status: 422, body: { errors: [{ path: 'target.id' }] } })
    expect(await to({ type: 'webhook', id: newId() })).toMatchObject({ status: 422 })
    await t.api('PATCH', `/api/incidents/${id}/resolve`)
    expect(await t.api('POST', `/api/incidents/${id}/escalate`, {})).toMatchObject({ status: 409 })
  })
})

test('the timeline names people as they are called now, and keeps only their ids', async () => {
  const t = await aTeam()
  const by = { type: 'user' as const, id: t.person, name: 'Ines Okafor' }
  const { id } = await declare(t)
  await stubs.incidents(t.team).addEvent(id, 'Rolling back <b>now</b>', by)
  await env.DB.prepare('UPDATE user SET name = ? WHERE id = ?').bind('Ines Lindgren', t.person).run()
  const events = (await t.api('GET', `/api/incidents/${id}/timeline`)).body
  expect(events.at(-1)).toMatchObject({
    type: 'note',
    actor: { type: 'user', id: t.person, name: 'Ines Lindgren' },
    data: { text: 'Rolling back <b>now</b>' },
  })
  expect(JSON.stringify(await stubs.incidents(t.team).timeline(id))).not.toContain('Ines Okafor')
  await env.DB.prepare('DELETE FROM user WHERE id = ?').bind(t.person).run()
  expect((await t.api('GET', `/api/incidents/${id}/timeline`)).body.at(-1).actor.name).toBe('Somebody who left')
})

test('a note is added and answered', async () => {
  const t = await aTeam()
  const { id } = await declare(t)
  expect(await t.api('POST', `/api/incidents/${id}/timeline-event`, { text: 'Looking' })).toMatchObject({
    status: 201,
    body: { type: 'note', data: { text: 'Looking' } },
  })
  expect(await t.api('POST', `/api/incidents/${id}/timeline-event`, { text: '' })).toMatchObject({ status: 422 })
})

test('pages tell whom, how and every receipt', async () => {
  const t = await aTeam()
  const { id } = await declare(t)
  const pages = async () => (await t.api('GET', `/api/incidents/${id}/pages`)).body
  await expect.poll(async () => (await pages())[0].state).toBe('accepted')
  expect(await pages()).toMatchObject([
    { step: 1, channel: 'email', contact: t.email, user_id: t.person, user_name: 'Ines Okafor', attempt: 1, possibly_twice: false },
  ])
  expect((await pages())[0].receipts.map((r: { state: string }) => r.state)).toEqual(['queued', 'sent', 'accepted'])
})

test('the list is filtered and paged', async () => {
  const t = await aTeam()
  const [one, two, three] = [
    await declare(t, { title: 'Alpha 100% down', severity: 'SEV1' }),
    await declare(t, { title: 'Beta' }),
    await declare(t, { title: 'Gamma' }),
  ]
  await t.api('PATCH', `/api/incidents/${two.id}/acknowledge`)
  const ids = async (query: string) => (await t.api('GET', `/api/incidents?${query}`)).body.data.map((i: { id: string }) => i.id)
  expect(await ids('')).toEqual([three.id, two.id, one.id])
  expect(await ids('status=acknowledged')).toEqual([two.id])
  expect(await ids('severity=sev1')).toEqual([one.id])
  expect(await ids('q=bet')).toEqual([two.id])
  expect(await ids('q=INC-3')).toEqual([three.id])
  expect(await ids('q=100%25')).toEqual([one.id])
  expect(await ids("q=' OR 1=1 --")).toEqual([])
  expect(await ids(`policy_id=${one.policy_id}`)).toHaveLength(3)
  expect(await ids(`monitor_id=${newId()}`)).toEqual([])
  expect(await ids(`from=${encodeURIComponent(two.created_at)}`)).toEqual([three.id, two.id])
  expect(await ids(`to=${encodeURIComponent(two.created_at)}`)).toEqual([one.id])
  const { body } = await t.api('GET', '/api/incidents?per_page=2&page=2')
  expect(body.data.map((i: { id: string }) => i.id)).toEqual([one.id])
  expect(body.pagination).toMatchObject({ next: null, prev: expect.stringContaining('page=1') })
  expect((await t.api('GET', '/api/incidents?from=yesterday')).status).toBe(422)
})

test('medians over a period', async () => {
  const t = await aTeam()
  expect((await t.api('GET', '/api/incidents/metrics/mtta-mttr')).body).toMatchObject({
    incidents: 0,
    median_time_to_acknowledge: null,
    median_time_to_resolve: null,
  })
  for (const n of [1, 2, 3]) {
    const { id } = await declare(t)
    await env.DB.prepare('UPDATE incident_heads SET acknowledged_at = created_at + ?, rev = 99 WHERE id = ?')
      .bind(n * 10_000, id)
      .run()
  }
  expect((await t.api('GET', '/api/incidents/metrics/mtta-mttr')).body).toMatchObject({
    incidents: 3,
    acknowledged: 3,
    median_time_to_acknowledge: 20,
    resolved: 0,
  })
  expect((await t.api('GET', '/api/incidents/metrics/mtta-mttr?to=2020-01-01T00:00:00Z')).body).toMatchObject({ incidents: 0 })
})

test('another team sees and changes nothing, and scopes are asked for', async () => {
  const [ours, theirs] = [await aTeam(), await aTeam()]
  const { id } = await declare(theirs)
  for (const [method, path] of [
    ['GET', ''], ['PATCH', '/acknowledge'], ['PATCH', '/resolve'], ['POST', '/reopen'], ['GET', '/timeline'], ['GET', '/pages'],
  ] as const) // biome-ignore format: a table
    expect(await ours.api(method, `/api/incidents/${id}${path}`)).toMatchObject({ status: 404, body: { code: 'not-found' } })
  expect(await ours.api('POST', `/api/incidents/${id}/timeline-event`, { text: 'x' })).toMatchObject({ status: 404 })
  expect(await ours.api('POST', `/api/incidents/${id}/escalate`, {})).toMatchObject({ status: 404 })
  expect(await ours.api('GET', '/api/incidents/not-an-id')).toMatchObject({ status: 404 })
  expect((await ours.api('GET', '/api/incidents')).body.data).toEqual([])
  const reader = await aTeam({ scopes: ['incidents:read'] })
  expect(await reader.api('POST', '/api/incidents', { title: 'x' })).toMatchObject({ status: 403 })
  expect(await (await aTeam({ scopes: ['uptime:read'] })).api('GET', '/api/incidents')).toMatchObject({ status: 403 })
})
