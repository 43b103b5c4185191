import { describe, expect, test } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { aTeam } from '../given.ts'
import { colleagues } from '../oncall-given.ts'

type Team = Awaited<ReturnType<typeof aTeam>>

const weekly = (participants: string[], more = {}) => ({
  name: 'Primary', rotation_type: 'WEEKLY', rotation_start: '2026-01-05T09:00:00+01:00', participants, ...more,
}) // biome-ignore format: a row
const aSchedule = async ({ api }: Team, participants: string[], more = {}) =>
  (await api('POST', '/api/oncall/schedules', { name: 'Payments', timezone: 'Europe/Paris', layers: [weekly(participants)], ...more })).body

test('a schedule of layers is made, read, listed, changed and deleted', async () => {
  const given = await aTeam()
  const [theo] = await colleagues(given.team, 'Theo Lindgren')
  const made = await given.api('POST', '/api/oncall/schedules', {
    name: 'Payments', timezone: 'Europe/Paris',
    layers: [weekly([given.person, theo!]), { rotation_type: 'custom', rotation_interval_hours: 12, rotation_start: '2026-03-23T09:00:00+01:00',
      participants: [theo], restrictions: [{ days: ['MON', 'tue'], from: '09:00', to: '17:00' }] }],
  }) // biome-ignore format: a body
  expect(made).toMatchObject({
    status: 201,
    body: {
      name: 'Payments', timezone: 'Europe/Paris', upcoming: [], rotation_type: 'WEEKLY', rotation_interval_hours: 168, participants: [given.person, theo],
      layers: [
        { name: 'Primary', rotation_type: 'WEEKLY', rotation_interval: 1, rotation_start: '2026-01-05T08:00:00.000Z', restrictions: [] },
        { name: 'Layer 2', rotation_type: 'CUSTOM', rotation_interval_hours: 12, restrictions: [{ days: ['mon', 'tue'], from: '09:00', to: '17:00' }] },
      ],
    },
  }) // biome-ignore format: a body
  const path = `/api/oncall/schedules/${made.body.id}`
  expect((await given.api('GET', path)).body).toEqual(made.body)
  expect((await given.api('GET', '/api/oncall/schedules')).body.data).toEqual([made.body])
  expect((await given.api('PATCH', path, { name: 'Ledger' })).body).toMatchObject({
    name: 'Ledger',
    layers: made.body.layers,
    upcoming: [],
  })
  expect((await given.api('DELETE', path)).status).toBe(204)
  expect((await given.api('GET', path)).status).toBe(404)
  expect((await given.api('DELETE', path)).status).toBe(404)
})

test('the seed’s flat form is one layer', async () => {
  const { api, person } = await aTeam()
  const flat = {
    name: 'Flat',
    timezone: 'UTC',
    rotation_type: 'DAILY',
    rotation_interval_hours: 48,
    rotation_start: '2026-01-01T09:00:00Z',
    participants: [person],
  }
  const { body, status } = await api('POST', '/api/oncall/schedules', flat)
  expect(status).toBe(201)
  expect(body).toMatchObject({
    rotation_type: 'DAILY',
    rotation_interval_hours: 48,
    layers: [{ rotation_interval: 2, participants: [person] }],
  })
})

test.each<[string, object, string]>([
  ['no zone', { timezone: undefined }, 'timezone'],
  ['an offset for a zone', { timezone: '+01:00' }, 'timezone'],
  ['a stranger', { layers: [weekly([newId()])] }, 'layers.0.participants.0'],
  ['hours that are no weeks', { layers: [weekly([], { rotation_interval_hours: 100 })] }, 'layers.0.rotation_interval_hours'],
  ['a custom rotation without hours', { layers: [weekly([], { rotation_type: 'CUSTOM' })] }, 'layers.0.rotation_interval_hours'],
  ['a split that is no week', { layers: [weekly([], { rotation_split: [4, 4] })] }, 'layers.0.rotation_split'],
  ['an end before its start', { layers: [weekly([], { rotation_end: '2025-01-01T00:00:00Z' })] }, 'layers.0.rotation_end'],
  ['no start', { layers: [{ rotation_type: 'DAILY', participants: [] }] }, 'layers.0.rotation_start'],
  ['a start without an offset', { layers: [weekly([], { rotation_start: '2026-01-05T09:00:00' })] }, 'layers.0.rotation_start'],
  ['a calendar that is not there', { layers: [{ calendar_id: newId() }] }, 'layers.0.calendar_id'],
  ['a window at no time', { layers: [weekly([], { restrictions: [{ from: '25:00', to: '26:00' }] })] }, 'layers.0.restrictions.0.from'],
  ['an attribute that does not exist', { colour: 'red' }, 'colour'],
])('a schedule with %s is refused and the path is named', async (_, more, path) => {
  const { api } = await aTeam()
  const answer = await api('POST', '/api/oncall/schedules', { name: 'S', timezone: 'UTC', layers: [], ...more })
  expect(answer.status).toBe(422)
  expect(answer.body.errors.map((e: { path: string }) => e.path)).toContain(path)
})

describe('shifts', () => {
  test('come whole, by layer too, and keep their ids', async () => {
    const given = await aTeam()
    const [theo] = await colleagues(given.team, 'Theo Lindgren')
    const { id, layers } = await aSchedule(given, [given.person, theo!])
    const range = 'from=2026-03-25T00:00:00Z&to=2026-04-01T00:00:00Z'
    const { body } = await given.api('GET', `/api/oncall/schedules/${id}/shifts?${range}`)
    expect(body).toMatchObject([
      {
        user_id: theo,
        start_time: '2026-03-23T08:00:00.000Z',
        end_time: '2026-03-30T07:00:00.000Z',
        is_override: false,
        layer: layers[0].id,
      },
      { user_id: given.person, start_time: '2026-03-30T07:00:00.000Z', end_time: '2026-04-06T07:00:00.000Z' },
    ])
    expect((await given.api('GET', `/api/oncall/schedules/${id}/shifts?${range}&layer=${layers[0].id}`)).body).toEqual(body)
    expect((await given.api('GET', `/api/oncall/schedules/${id}/shifts?from=2026-03-30T12:00:00Z&to=2026-03-31T00:00:00Z`)).body).toEqual([
      body[1],
    ])
    expect((await given.api('GET', `/api/oncall/shifts?${range}&user_id=${theo}`)).body).toEqual([body[0]])
  })

  test('a range that is backwards or too long is refused', async () => {
    const given = await aTeam()
    const { id } = await aSchedule(given, [given.person])
    for (const range of ['from=2026-03-25T00:00:00Z&to=2026-03-24T00:00:00Z', 'from=2026-03-25T00:00:00Z&to=2028-03-24T00:00:00Z'])
      expect((await given.api('GET', `/api/oncall/schedules/${id}/shifts?${range}`)).status).toBe(422)
  })
})

describe('overrides', () => {
  const soon = (hours: number) => new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + hours * 3_600_000).toISOString()

  test('over the whole schedule: on call at once, and taken back they leave no trace', async () => {
    const given = await aTeam()
    const [noor] = await colleagues(given.team, 'Noor Vance')
    const { id } = await aSchedule(given, [given.person])
    const before = (await given.api('GET', `/api/oncall/schedules/${id}/shifts`)).body
    const typed = { user_id: noor, start_time: soon(2), end_time: soon(5), override_reason: 'Conference' }
    const made = await given.api('POST', `/api/oncall/schedules/${id}/overrides`, typed)
    expect(made).toMatchObject({
      status: 201,
      body: { user_id: noor, start_time: soon(2), replaces: null, override_reason: 'Conference', created_by: given.person },
    })
    const during = await given.api('GET', `/api/oncall/who-is-oncall?schedule_id=${id}&at=${soon(3)}`)
    expect(during.body).toMatchObject([
      { user_id: noor, since: soon(2), until: soon(5), reason: 'override', next: { at: soon(5), user_id: given.person } },
    ])
    expect((await given.api('GET', `/api/oncall/schedules/${id}/overrides`)).body.data).toEqual([made.body])
    expect((await given.api('DELETE', `/api/oncall/overrides/${made.body.id}`)).status).toBe(204)
    expect((await given.api('GET', `/api/oncall/schedules/${id}/shifts`)).body).toEqual(before)
  })

  test('of a part of a shift by its id; the seed’s way of making a shift too', async () => {
    const given = await aTeam()
    const [noor] = await colleagues(given.team, 'Noor Vance')
    const { id } = await aSchedule(given, [given.person])
    const shift = (await given.api('GET', `/api/oncall/schedules/${id}/shifts?from=${soon(200)}&to=${soon(201)}`)).body[0]
    const half = new Date((Date.parse(shift.start_time) + Date.parse(shift.end_time)) / 2).toISOString()
    const made = await given.api('POST', `/api/oncall/shifts/${shift.id}/override`, { user_id: noor, from: half, reason: 'Dentist' })
    expect(made).toMatchObject({
      status: 201,
      body: {
        user_id: noor,
        start_time: half,
        end_time: shift.end_time,
        is_override: true,
        override_reason: 'Dentist',
        overridden_by_id: given.person,
      },
    })
    const seed = await given.api('POST', `/api/oncall/schedules/${id}/shifts`, { user_id: noor, start_time: soon(2), end_time: soon(3) })
    expect(seed).toMatchObject({ status: 201, body: { user_id: noor, is_override: true, start_time: soon(2), end_time: soon(3) } })
  })

  test('the past is not changed', async () => {
    const given = await aTeam()
    const { id } = await aSchedule(given, [given.person])
    const past = { user_id: given.person, start_time: '2026-01-06T00:00:00Z', end_time: '2026-01-07T00:00:00Z' }
    expect(await given.api('POST', `/api/oncall/schedules/${id}/overrides`, past)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'start_time', code: 'past' }] },
    })
    const shift = (await given.api('GET', `/api/oncall/schedules/${id}/shifts?from=2026-01-06T00:00:00Z&to=2026-01-07T00:00:00Z`)).body[0]
    expect((await given.api('POST', `/api/oncall/shifts/${shift.id}/override`, { user_id: given.person })).status).toBe(422)
    expect((await given.api('PATCH', `/api/oncall/schedules/${id}`, { layers: [], effective_at: '2026-01-06T00:00:00Z' })).status).toBe(422)
  })

  test('strangers, other teams’ shifts and parts outside the shift are refused', async () => {
    const [given, other] = [await aTeam(), await aTeam()]
    const { id } = await aSchedule(given, [given.person])
    const shift = (await given.api('GET', `/api/oncall/schedules/${id}/shifts`)).body[0]
    expect((await given.api('POST', `/api/oncall/shifts/${shift.id}/override`, { user_id: other.person })).status).toBe(422)
    expect((await other.api('POST', `/api/oncall/shifts/${shift.id}/override`, { user_id: other.person })).status).toBe(404)
    expect((await given.api('POST', `/api/oncall/shifts/${newId()}/override`, { user_id: given.person })).status).toBe(404)
    expect(
      (await given.api('POST', `/api/oncall/shifts/${shift.id}/override`, { user_id: given.person, to: '2099-01-01T00:00:00Z' })).status,
    ).toBe(422)
    for (const path of ['', '/shifts', '/overrides', '/quality'])
      expect((await other.api('GET', `/api/oncall/schedules/${id}${path}`)).status).toBe(404)
    expect((await other.api('GET', `/api/oncall/who-is-oncall?schedule_id=${id}`)).status).toBe(404)
  })
})

test('a change for later leaves the past and the running turn as they are', async () => {
  const given = await aTeam()
  const [theo, noor] = await colleagues(given.team, 'Theo Lindgren', 'Noor Vance')
  const { id, layers } = await aSchedule(given, [given.person, theo!])
  const path = `/api/oncall/schedules/${id}`
  const range = 'from=2026-01-05T09:00:00Z&to=2026-02-01T00:00:00Z'
  const past = (await given.api('GET', `${path}/shifts?${range}`)).body
  const running = (await given.api('GET', `${path}/shifts`)).body[0]
  const changed = await given.api('PATCH', path, { layers: [{ ...layers[0], participants: [noor, given.person, theo] }] })
  expect(changed).toMatchObject({
    status: 200,
    body: { layers: [{ id: layers[0].id, participants: [noor, given.person, theo] }], upcoming: [] },
  })
  expect((await given.api('GET', `${path}/shifts?${range}`)).body).toEqual(past)
  expect((await given.api('GET', `${path}/shifts`)).body[0]).toEqual(running)
  const later = await given.api('PATCH', path, { participants: [theo], effective_at: '2030-01-01T00:00:00Z' })
  expect(later.body).toMatchObject({
    participants: [noor, given.person, theo],
    upcoming: [{ effective_at: '2030-01-01T00:00:00.000Z', layers: [{ id: layers[0].id, participants: [theo] }] }],
  })
})

test('a schedule that a policy pages is not deleted', async () => {
  const given = await aTeam()
  const { id } = await aSchedule(given, [given.person])
  const policy = await given.api('POST', '/api/oncall/policies', { name: 'P', steps: [{ targets: [{ type: 'schedule', id }] }] })
  expect(policy.status).toBe(201)
  expect(await given.api('DELETE', `/api/oncall/schedules/${id}`)).toMatchObject({ status: 409, body: { code: 'conflict' } })
  await given.api('DELETE', `/api/oncall/policies/${policy.body.id}`)
  expect((await given.api('DELETE', `/api/oncall/schedules/${id}`)).status).toBe(204)
})

test('quality tells gaps, balance and nights', async () => {
  const given = await aTeam()
  const [theo] = await colleagues(given.team, 'Theo Lindgren')
  const { id } = await aSchedule(given, [given.person, theo!], {
    layers: [weekly([given.person, theo!], { restrictions: [{ days: ['mon'], from: '09:00', to: '21:00' }] })],
  })
  const { body } = await given.api('GET', `/api/oncall/schedules/${id}/quality?from=2026-03-02T00:00:00Z&to=2026-03-30T00:00:00Z`)
  expect(body.covered).toBeCloseTo((4 * 12) / (28 * 24), 6)
  expect(body.gaps).toHaveLength(5)
  expect(body.balance).toBe(1)
  expect(body.people).toHaveLength(2)
  expect(body.next_clock_change).toMatchObject({ at: '2026-03-29T01:00:00.000Z', forward_seconds: 3600, user_id: null })
})

test('the same Idempotency-Key makes one schedule and one override', async () => {
  const given = await aTeam()
  const typed = { name: 'S', timezone: 'UTC', layers: [] }
  const make = () => given.api('POST', '/api/oncall/schedules', typed, { 'idempotency-key': 'k' })
  const [one, two] = [await make(), await make()]
  expect(two.body).toEqual(one.body)
  expect((await given.api('GET', '/api/oncall/schedules')).body.data).toHaveLength(1)
})
