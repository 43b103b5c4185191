import { describe, expect, test } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { aTeam } from '../given.ts'

const policy = (steps: unknown[], more = {}) => ({ name: 'Payments', steps, ...more })

describe('the default policy', () => {
  test('a team finds one: its owner at once, everybody after 180 s', async () => {
    const { api, team, person } = await aTeam()
    const { status, body } = await api('GET', '/api/oncall/policies')
    expect(status).toBe(200)
    expect(body.data).toMatchObject([
      {
        name: 'Default',
        is_default: true,
        repeat_count: 0,
        steps: [
          { wait_before: 0, targets: [{ type: 'user', id: person }] },
          { wait_before: 180, targets: [{ type: 'team', id: team }] },
        ],
      },
    ])
  })

  test('ten first looks at once make one', async () => {
    const { api } = await aTeam()
    const lists = await Promise.all(Array.from({ length: 10 }, () => api('GET', '/api/oncall/policies')))
    expect(new Set(lists.flatMap((l) => l.body.data.map((p: { id: string }) => p.id))).size).toBe(1)
  })

  test('it can be changed, but not deleted', async () => {
    const { api, person } = await aTeam()
    const [{ id }] = (await api('GET', '/api/oncall/policies')).body.data
    const changed = await api('PATCH', `/api/oncall/policies/${id}`, {
      steps: [{ wait_before: 5, targets: [{ type: 'user', id: person }] }],
    })
    expect(changed).toMatchObject({ status: 200, body: { name: 'Default', is_default: true, steps: [{ wait_before: 5 }] } })
    expect(await api('DELETE', `/api/oncall/policies/${id}`)).toMatchObject({ status: 409, body: { code: 'conflict' } })
  })
})

test('a policy is made, read, changed and deleted', async () => {
  const { api, team, person } = await aTeam()
  const made = await api(
    'POST',
    '/api/oncall/policies',
    policy([{ targets: [{ type: 'USER', id: person.toUpperCase() }, { type: 'team' }] }]),
  )
  expect(made).toMatchObject({
    status: 201,
    body: {
      name: 'Payments',
      repeat_count: 0,
      is_default: false,
      steps: [
        {
          wait_before: 0,
          urgency: 'high',
          targets: [
            { type: 'user', id: person },
            { type: 'team', id: team },
          ],
        },
      ],
    },
  })
  const path = `/api/oncall/policies/${made.body.id}`
  expect((await api('GET', path)).body).toEqual(made.body)
  expect((await api('PATCH', path, { repeat_count: 2 })).body).toMatchObject({ repeat_count: 2, name: 'Payments', steps: made.body.steps })
  expect((await api('GET', '/api/oncall/policies')).body.data.map((p: { name: string }) => p.name)).toEqual(['Default', 'Payments'])
  expect((await api('DELETE', path)).status).toBe(204)
  expect((await api('GET', path)).status).toBe(404)
  expect((await api('DELETE', path)).status).toBe(404)
})

test.each<[string, unknown, string]>([
  ['no steps', policy([]), 'steps'],
  ['a step without targets', policy([{ targets: [] }]), 'steps.0.targets'],
  ['a stranger', policy([{ targets: [{ type: 'user', id: newId() }] }]), 'steps.0.targets.0.id'],
  ['another team', policy([{ targets: [{ type: 'team', id: newId() }] }]), 'steps.0.targets.0.id'],
  ['a webhook that is not there', policy([{ targets: [{ type: 'webhook', id: newId() }] }]), 'steps.0.targets.0.id'],
  ['a user without an id', policy([{ targets: [{ type: 'user' }] }]), 'steps.0.targets.0.id'],
  ['a schedule that is not there', policy([{ targets: [{ type: 'schedule', id: newId() }] }]), 'steps.0.targets.0.id'],
  ['an urgency that is not there', policy([{ targets: [{ type: 'team' }], urgency: newId() }]), 'steps.0.urgency'],
  [
    'a day that does not exist',
    policy([{ targets: [{ type: 'team' }], when: { hours: [{ days: ['someday'], from: '09:00', to: '17:00' }] } }]),
    'steps.0.when.hours.0.days.0',
  ],
  ['a zone that does not exist', policy([{ targets: [{ type: 'team' }] }], { timezone: 'Mars/Base' }), 'timezone'],
  ['a group that is not there', policy([{ targets: [{ type: 'team' }] }], { policy_group_id: newId() }), 'policy_group_id'],
  ['a negative wait', policy([{ wait_before: -1, targets: [{ type: 'team' }] }]), 'steps.0.wait_before'],
  ['an attribute that does not exist', policy([{ targets: [{ type: 'team' }], wait: 5 }]), 'steps.0.wait'],
  ['an empty name', { name: ' ', steps: [{ targets: [{ type: 'team' }] }] }, 'name'],
])('a policy with %s is refused and the path is named', async (_, body, path) => {
  const { api } = await aTeam()
  const answer = await api('POST', '/api/oncall/policies', body)
  expect(answer.status).toBe(422)
  expect(answer.body.errors.map((e: { path: string }) => e.path)).toContain(path)
})

test('a policy of another team is 404 for everything, and a key without the scope is 403', async () => {
  const [ours, theirs] = [await aTeam(), await aTeam()]
  const { body } = await theirs.api('POST', '/api/oncall/policies', policy([{ targets: [{ type: 'team' }] }]))
  const path = `/api/oncall/policies/${body.id}`
  for (const method of ['GET', 'DELETE']) expect((await ours.api(method, path)).status).toBe(404)
  expect((await ours.api('PATCH', path, { name: 'Mine' })).status).toBe(404)
  const reader = await aTeam({ scopes: ['oncall:read'] })
  expect(await reader.api('POST', '/api/oncall/policies', policy([{ targets: [{ type: 'team' }] }]))).toMatchObject({ status: 403 })
})

test('the same Idempotency-Key makes one policy', async () => {
  const { api } = await aTeam()
  const make = () => api('POST', '/api/oncall/policies', policy([{ targets: [{ type: 'team' }] }]), { 'idempotency-key': 'k1' })
  const [one, two] = [await make(), await make()]
  expect(two.body).toEqual(one.body)
  expect((await api('GET', '/api/oncall/policies')).body.data).toHaveLength(2)
})

describe('a policy that monitors use', () => {
  const monitor = { url: 'https://example.com', paused: true }

  test('is not deleted under them; when none uses it any more, it is', async () => {
    const { api } = await aTeam()
    const { id } = (await api('POST', '/api/oncall/policies', policy([{ targets: [{ type: 'team' }] }]))).body
    const made = await api('POST', '/api/uptime/monitors', { ...monitor, policy_id: id })
    expect(made.status).toBe(201)
    expect(await api('DELETE', `/api/oncall/policies/${id}`)).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect((await api('GET', `/api/oncall/policies/${id}`)).status).toBe(200)
    await api('DELETE', `/api/uptime/monitors/${made.body.id}`)
    expect((await api('DELETE', `/api/oncall/policies/${id}`)).status).toBe(204)
  })

  test('does not hold up another team’s deleting of theirs', async () => {
    const [ours, theirs] = [await aTeam(), await aTeam()]
    const { id } = (await ours.api('POST', '/api/oncall/policies', policy([{ targets: [{ type: 'team' }] }]))).body
    expect((await theirs.api('POST', '/api/uptime/monitors', { ...monitor, policy_id: id })).status).toBe(422)
    expect((await ours.api('DELETE', `/api/oncall/policies/${id}`)).status).toBe(204)
  })
})
