import { expect, test } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { aTeam, env } from '../given.ts'
import { colleagues } from '../oncall-given.ts'

type Team = Awaited<ReturnType<typeof aTeam>>

/** A team whose owner has every second week, and a shift of theirs that is still to come. */
async function given() {
  const team = await aTeam()
  const [theo, noor] = (await colleagues(team.team, 'Theo Lindgren', 'Noor Vance')) as [string, string]
  const layers = [{ rotation_type: 'WEEKLY', rotation_start: '2026-01-05T09:00:00+01:00', participants: [team.person, theo] }]
  const { id } = (await team.api('POST', '/api/oncall/schedules', { name: 'Payments', timezone: 'Europe/Paris', layers })).body
  const coming = (await team.api('GET', `/api/oncall/schedules/${id}/shifts?from=${in_(1)}&to=${in_(40)}`)).body
  const of = (user: string) => coming.find((s: { user_id: string; start_time: string }) => s.user_id === user && s.start_time > in_(0))
  return { ...team, theo, noor, schedule: id, mine: of(team.person), theirs: of(theo) }
}
const in_ = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
const shiftOf = async ({ api }: Team, schedule: string, at: string) =>
  (await api('GET', `/api/oncall/who-is-oncall?schedule_id=${schedule}&at=${at}`)).body[0]

test('a cover is asked for, taken, shown on the schedule, and taken back', async () => {
  const g = await given()
  const made = await g.api('POST', '/api/oncall/cover-requests', { shift_id: g.mine.id, reason: 'Train home' })
  expect(made).toMatchObject({
    status: 201,
    body: {
      status: 'PENDING',
      user_id: g.person,
      from: g.mine.start_time,
      to: g.mine.end_time,
      reason: 'Train home',
      shift_id: g.mine.id,
      covered_by: null,
    },
  })
  expect(made.body.potential_covers).toContain(g.noor)
  expect(made.body.proposals.map((p: { user_id: string }) => p.user_id).sort()).toEqual([g.theo, g.noor].sort())
  const path = `/api/oncall/cover-requests/${made.body.id}`
  const taken = await g.api('PATCH', `${path}/accept`, { user_id: g.noor })
  expect(taken).toMatchObject({ status: 200, body: { status: 'ACCEPTED', covered_by: g.noor } })
  expect(await shiftOf(g, g.schedule, g.mine.start_time)).toMatchObject({ user_id: g.noor, reason: 'cover' })
  const [shift] = (await g.api('GET', `/api/oncall/schedules/${g.schedule}/shifts?from=${g.mine.start_time}&to=${g.mine.end_time}`)).body
  expect(shift).toMatchObject({
    id: g.mine.id,
    user_id: g.noor,
    cover_request_id: made.body.id,
    override_reason: 'Train home',
    is_override: true,
  })
  expect((await g.api('POST', `${path}/cancel`)).body).toMatchObject({ status: 'CANCELED' })
  expect(await shiftOf(g, g.schedule, g.mine.start_time)).toMatchObject({ user_id: g.person, reason: 'layer' })
  expect((await g.api('POST', `${path}/cancel`)).status).toBe(409)
})

test('of twenty who accept at once one has it, and the others are told who', async () => {
  const g = await given()
  const many = await colleagues(g.team, ...Array.from({ length: 20 }, (_, i) => `Person ${i}`))
  const { body } = await g.api('POST', '/api/oncall/cover-requests', { shift_id: g.mine.id })
  const answers = await Promise.all(many.map((user_id) => g.api('POST', `/api/oncall/cover-requests/${body.id}/accept`, { user_id })))
  expect(answers.filter((a) => a.status === 200)).toHaveLength(1)
  const winner = answers.find((a) => a.status === 200)!.body.covered_by
  for (const { status, body } of answers.filter((a) => a.status !== 200)) {
    expect(status).toBe(409)
    expect(body.detail).toBe(`Person ${many.indexOf(winner)} has taken this already.`)
  }
  expect(await shiftOf(g, g.schedule, g.mine.start_time)).toMatchObject({ user_id: winner })
  expect((await g.api('GET', `/api/oncall/schedules/${g.schedule}/overrides?from=${in_(0)}&to=${in_(60)}`)).body.data).toHaveLength(1)
})

test('a part of a shift of somebody else, on their behalf', async () => {
  const g = await given()
  expect((await g.api('POST', '/api/oncall/cover-requests', { shift_id: g.theirs.id })).status).toBe(422)
  const middle = new Date((Date.parse(g.theirs.start_time) + Date.parse(g.theirs.end_time)) / 2).toISOString()
  const made = await g.api('POST', '/api/oncall/cover-requests', { shift_id: g.theirs.id, on_behalf_of: g.theo, to: middle })
  expect(made).toMatchObject({ status: 201, body: { user_id: g.theo, requester_id: g.person, to: middle } })
  await g.api('POST', `/api/oncall/cover-requests/${made.body.id}/accept`, {})
  expect(await shiftOf(g, g.schedule, g.theirs.start_time)).toMatchObject({ user_id: g.person, until: middle, reason: 'cover' })
  expect(await shiftOf(g, g.schedule, middle)).toMatchObject({ user_id: g.theo })
})

test('when everybody who was asked declines, it is rejected', async () => {
  const g = await given()
  const { body } = await g.api('POST', '/api/oncall/cover-requests', { shift_id: g.mine.id })
  const path = `/api/oncall/cover-requests/${body.id}/decline`
  expect((await g.api('POST', path, { user_id: g.person })).status).toBe(409)
  for (const [i, user_id] of body.potential_covers.entries())
    expect((await g.api('PATCH', path, { user_id })).body).toMatchObject({
      status: i === body.potential_covers.length - 1 ? 'REJECTED' : 'PENDING',
    })
  expect((await g.api('POST', path, { user_id: body.potential_covers[0] })).status).toBe(409)
})

test('a cover moves with its shift, and goes with it', async () => {
  const g = await given()
  const { body } = await g.api('POST', '/api/oncall/cover-requests', { shift_id: g.mine.id })
  const path = `/api/oncall/cover-requests/${body.id}`
  await g.api('POST', `${path}/accept`, { user_id: g.noor })
  const [layer] = (await g.api('GET', `/api/oncall/schedules/${g.schedule}`)).body.layers
  const at = '2026-01-05T11:00:00+01:00'
  expect((await g.api('PATCH', `/api/oncall/schedules/${g.schedule}`, { layers: [{ ...layer, rotation_start: at }] })).status).toBe(200)
  const later = new Date(Date.parse(g.mine.start_time) + 2 * 3_600_000).toISOString()
  expect((await g.api('GET', path)).body).toMatchObject({ status: 'ACCEPTED', from: later })
  expect(await shiftOf(g, g.schedule, later)).toMatchObject({ user_id: g.noor, since: later })
  expect((await g.api('PATCH', `/api/oncall/schedules/${g.schedule}`, { layers: [{ ...layer, participants: [g.theo] }] })).status).toBe(200)
  expect((await g.api('GET', path)).body).toMatchObject({ status: 'CANCELED' })
  expect(await shiftOf(g, g.schedule, later)).toMatchObject({ user_id: g.theo, reason: 'layer' })
})

test('the same time is asked for once, strangers and other teams are refused', async () => {
  const [g, other] = [await given(), await given()]
  expect((await g.api('POST', '/api/oncall/cover-requests', { shift_id: g.mine.id })).status).toBe(201)
  expect((await g.api('POST', '/api/oncall/cover-requests', { shift_id: g.mine.id })).status).toBe(409)
  expect((await g.api('POST', '/api/oncall/cover-requests', { shift_id: other.mine.id })).status).toBe(422)
  expect((await g.api('POST', '/api/oncall/cover-requests', { shift_id: newId() })).status).toBe(422)
  const { body } = await other.api('POST', '/api/oncall/cover-requests', { shift_id: other.mine.id })
  for (const verb of ['accept', 'decline'])
    expect((await g.api('POST', `/api/oncall/cover-requests/${body.id}/${verb}`, {})).status).toBe(404)
  expect((await g.api('POST', `/api/oncall/cover-requests/${body.id}/cancel`)).status).toBe(404)
  expect((await g.api('GET', `/api/oncall/cover-requests/${body.id}`)).status).toBe(404)
  expect((await other.api('POST', `/api/oncall/cover-requests/${body.id}/accept`, { user_id: g.noor })).status).toBe(422)
  expect((await other.api('POST', `/api/oncall/cover-requests/${body.id}/accept`, { user_id: other.person })).status).toBe(409)
  expect((await g.api('GET', '/api/oncall/cover-requests?status=pending')).body.data).toHaveLength(1)
})

test('those who are asked get a mail with a link, and so does who is covered', async () => {
  const g = await given()
  const { body } = await g.api('POST', '/api/oncall/cover-requests', { shift_id: g.mine.id, reason: 'Train home' })
  const mails = async () =>
    (await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json()) as { to: string; subject: string; text: string }[]
  const to = (subject: string) =>
    expect.poll(
      async () =>
        (await mails())
          .filter((m) => m.subject === subject && m.text.includes(body.id))
          .map((m) => m.to)
          .sort(),
      { timeout: 10_000 },
    )
  await to('Can you cover Ines Okafor on Payments?').toEqual([`${g.theo}@example.com`, `${g.noor}@example.com`].sort())
  await g.api('POST', `/api/oncall/cover-requests/${body.id}/accept`, { user_id: g.noor })
  await to('Noor Vance covers you on Payments').toEqual([g.email])
  await to('You cover Ines Okafor on Payments').toEqual([`${g.noor}@example.com`])
})

test('a part is taken, and what is left goes on being asked for', async () => {
  const g = await given()
  const { body } = await g.api('POST', '/api/oncall/cover-requests', { shift_id: g.mine.id, reason: 'Train home' })
  const path = `/api/oncall/cover-requests/${body.id}`
  const [from, to] = [Date.parse(body.from), Date.parse(body.to)]
  const at = (share: number) => new Date(from + (to - from) * share).toISOString()
  for (const part of [{ from: at(-0.1) }, { to: at(1.1) }, { from: at(0.5), to: at(0.5) }])
    expect((await g.api('POST', `${path}/accept`, { user_id: g.noor, ...part })).status).toBe(422)
  const taken = await g.api('POST', `${path}/accept`, { user_id: g.noor, from: at(0.25), to: at(0.5) })
  expect(taken).toMatchObject({ status: 200, body: { status: 'ACCEPTED', from: at(0.25), to: at(0.5), covered_by: g.noor } })
  expect((await g.api('POST', `${path}/accept`, { user_id: g.theo, from: at(0.5) })).status).toBe(409)
  const { data } = (await g.api('GET', '/api/oncall/cover-requests?status=pending')).body
  const left = data.toSorted((a: { from: string }, b: { from: string }) => (a.from < b.from ? -1 : 1))
  const rest = { reason: 'Train home', shift_id: g.mine.id, user_id: g.person, requester_id: g.person, covered_by: null }
  expect(left).toMatchObject([
    { ...rest, from: at(0), to: at(0.25) },
    { ...rest, from: at(0.5), to: at(1) },
  ])
  await g.api('POST', `/api/oncall/cover-requests/${left[1].id}/accept`, { user_id: g.theo })
  const shifts = (await g.api('GET', `/api/oncall/schedules/${g.schedule}/shifts?from=${at(0)}&to=${at(1)}`)).body
  expect(shifts.map((s: { user_id: string; start_time: string }) => [s.user_id, s.start_time])).toEqual([
    [g.person, at(0)],
    [g.noor, at(0.25)],
    [g.theo, at(0.5)],
  ])
})

test('of ten who take the same part at once one has it, and what is left is asked for once', async () => {
  const g = await given()
  const many = await colleagues(g.team, ...Array.from({ length: 10 }, (_, i) => `Person ${i}`))
  const { body } = await g.api('POST', '/api/oncall/cover-requests', { shift_id: g.mine.id })
  const middle = new Date((Date.parse(body.from) + Date.parse(body.to)) / 2).toISOString()
  const path = `/api/oncall/cover-requests/${body.id}/accept`
  const answers = await Promise.all(many.map((user_id) => g.api('POST', path, { user_id, to: middle })))
  expect(answers.filter((a) => a.status === 200)).toHaveLength(1)
  expect((await g.api('GET', '/api/oncall/cover-requests?status=pending')).body.data).toMatchObject([{ from: middle, to: body.to }])
})

test('proposed to one person, only they are asked', async () => {
  const g = await given()
  const ask = (proposed_to: string[]) => g.api('POST', '/api/oncall/cover-requests', { shift_id: g.mine.id, proposed_to })
  expect((await ask([newId()])).body.errors).toMatchObject([{ path: 'proposed_to.0', code: 'unknown' }])
  expect((await ask([g.person])).status).toBe(422)
  const { body, status } = await ask([g.noor])
  expect([status, body.potential_covers]).toEqual([201, [g.noor]])
  expect((await g.api('POST', `/api/oncall/cover-requests/${body.id}/decline`, { user_id: g.noor })).body).toMatchObject({
    status: 'REJECTED',
  })
})
