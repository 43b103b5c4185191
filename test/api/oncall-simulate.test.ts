import { expect, test } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { aTeam } from '../given.ts'
import { colleagues } from '../oncall-given.ts'

const daily = (participants: string[]) => ({ rotation_type: 'DAILY', rotation_start: '2026-01-01T09:00:00Z', participants })
async function given() {
  const g = await aTeam()
  const [theo] = (await colleagues(g.team, '=Theo "T" Lindgren')) as [string]
  const made = await g.api('POST', '/api/oncall/schedules', { name: 'Payments', timezone: 'UTC', layers: [daily([g.person, theo])] })
  const steps = [{ targets: [{ type: 'schedule', id: made.body.id }] }, { wait_before: 120, targets: [{ type: 'team' }] }]
  const policy = (await g.api('POST', '/api/oncall/policies', { name: 'P', steps })).body.id
  return { ...g, theo, schedule: made.body.id as string, policy }
}

test('says step by step who would be paged at a past or future instant, and why', async () => {
  const g = await given()
  for (const [at, user] of [
    ['2026-01-02T10:00:00.000Z', g.theo],
    ['2031-01-01T10:00:00.000Z', g.person],
  ] as const) {
    const { body, status } = await g.api('GET', `/api/oncall/simulate?policy_id=${g.policy}&severity=sev2&at=${at}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      severity: 'SEV2', at, nobody: false, cut: false,
      steps: [
        { step: 1, at, pages: [{ user_id: user, channel: 'email', why: { type: 'schedule', schedule_id: g.schedule, reason: 'layer' } }] },
        { step: 2, pages: [{ why: { type: 'team' } }, { why: { type: 'team' } }] },
      ],
    }) // biome-ignore format: an answer
  }
})

test('without a policy it is the team’s default; another team’s policy is 404', async () => {
  const [g, other] = [await given(), await given()]
  expect((await g.api('GET', '/api/oncall/simulate')).body.steps[0].pages[0]).toMatchObject({ user_id: g.person, why: { type: 'user' } })
  for (const id of [other.policy, newId()]) expect((await g.api('GET', `/api/oncall/simulate?policy_id=${id}`)).status).toBe(404)
  expect((await g.api('GET', '/api/oncall/simulate?severity=loud')).status).toBe(422)
})

test('hours by person, as JSON and as CSV that a spreadsheet does not run', async () => {
  const g = await given()
  const range = 'from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z'
  const { body } = await g.api('GET', `/api/oncall/reports?${range}`)
  expect(body.people.reduce((sum: number, p: { seconds: number }) => sum + p.seconds, 0)).toBe(28 * 86_400)
  expect(body.people.find((p: { user_id: string }) => p.user_id === g.theo)).toMatchObject({ timezone: 'Europe/Paris', shifts: 14 })
  const csv = await g.api('GET', `/api/oncall/reports?${range}&format=CSV&schedule_id=${g.schedule}`)
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(csv.body).toContain('name,user_id,timezone,hours,night_hours,weekend_hours,nights,weekend_days,shifts,pages,woken\r\n')
  expect(csv.body).toContain(`"'=Theo ""T"" Lindgren",${g.theo},Europe/Paris,`)
  expect((await g.api('GET', `/api/oncall/reports?schedule_id=${newId()}`)).status).toBe(404)
})

test('a change of a schedule is shown before it is made: who instead of whom, gaps, hours, covers; and then it is so', async () => {
  const g = await given()
  const path = `/api/oncall/schedules/${g.schedule}`
  const before = (await g.api('GET', path)).body
  const coming = (await g.api('GET', `${path}/shifts?from=${new Date(Date.now() + 5 * 86_400_000).toISOString()}`)).body
  const shift = coming.find((s: { user_id: string }) => s.user_id === g.theo)
  const cover = (await g.api('POST', '/api/oncall/cover-requests', { shift_id: shift.id, on_behalf_of: g.theo })).body
  const [layer] = before.layers
  const alone = { layers: [{ ...layer, participants: [g.person], restrictions: [{ from: '09:00', to: '17:00' }] }] }

  const preview = await g.api('POST', `${path}/preview`, alone)
  expect(preview.status).toBe(200)
  const { changes, gaps_before, gaps_after, people, covers, from, to } = preview.body
  expect(Date.parse(to) - Date.parse(from)).toBe(56 * 86_400_000)
  expect(changes.length).toBeGreaterThan(56)
  expect(new Set(changes.map((d: { before: string; after: string | null }) => `${d.before} ${d.after}`))).toEqual(
    new Set([`${g.person} null`, `${g.theo} null`, `${g.theo} ${g.person}`]),
  )
  expect([gaps_before.length, gaps_after.length > 50]).toEqual([0, true])
  expect(people.find((p: { user_id: string }) => p.user_id === g.theo).seconds_after).toBeLessThan(86_400)
  expect(covers).toEqual([{ id: cover.id, becomes: 'canceled' }])
  expect((await g.api('GET', path)).body).toEqual(before)
  expect((await g.api('GET', `/api/oncall/cover-requests/${cover.id}`)).body.status).toBe('PENDING')

  expect((await g.api('POST', `${path}/preview`, { name: 'Other' })).body).toMatchObject({ changes: [], covers: [], cut: false })
  expect((await g.api('POST', `${path}/preview`, { layers: [{ ...layer, participants: [newId()] }] })).status).toBe(422)
  expect((await g.api('POST', `/api/oncall/schedules/${newId()}/preview`, {})).status).toBe(404)

  await g.api('PATCH', path, alone)
  const far = changes.find(
    (d: { start_time: string; after: string | null }) => d.after === null && Date.parse(d.start_time) > Date.parse(from) + 86_400_000,
  )
  const who = await g.api('GET', `/api/oncall/who-is-oncall?schedule_id=${g.schedule}&at=${far.start_time}`)
  expect(who.body).toMatchObject([{ user_id: null, next: { at: far.end_time } }])
})

test('a change of a policy is shown by what the last 30 days would have paged', async () => {
  const g = await given()
  const declare = async (severity: string) =>
    (await g.api('POST', '/api/incidents', { title: 'Cards fail', severity, policy_id: g.policy })).body.id as string
  for (const severity of ['SEV1', 'SEV2', 'SEV3']) await g.api('POST', `/api/incidents/${await declare(severity)}/acknowledge`)
  await g.api('POST', '/api/incidents', { title: 'By another policy', severity: 'SEV1' })
  const theirs = { type: 'user', id: g.theo }
  const steps = [
    { targets: [theirs], when: { severities: ['SEV1'] } },
    { targets: [theirs], when: { severities: ['SEV2', 'SEV3'] } },
  ]
  const { body, status } = await g.api('POST', `/api/oncall/policies/${g.policy}/preview`, { steps })
  expect([status, body.incidents]).toEqual([200, 3])
  const [now, then] = [
    body.people.reduce((sum: number, p: { times_before: number }) => sum + p.times_before, 0),
    body.people.find((p: { user_id: string }) => p.user_id === g.theo),
  ]
  expect(now).toBe(3)
  expect(then).toMatchObject({ name: '=Theo "T" Lindgren', times_after: 3 })
  expect((await g.api('GET', `/api/oncall/policies/${g.policy}`)).body.steps).toHaveLength(2)
  expect((await g.api('POST', `/api/oncall/policies/${newId()}/preview`, {})).status).toBe(404)
  expect(
    (await g.api('POST', `/api/oncall/policies/${g.policy}/preview`, { steps: [{ targets: [{ type: 'user', id: newId() }] }] })).status,
  ).toBe(422)
})

test('a round robin goes on from whose turn it really is', async () => {
  const g = await given()
  const targets = [g.person, g.theo].map((id) => ({ type: 'user', id }))
  const policy = (await g.api('POST', '/api/oncall/policies', { name: 'Turns', steps: [{ assign: 'round_robin', targets }] })).body.id
  const next = async () => (await g.api('GET', `/api/oncall/simulate?policy_id=${policy}`)).body.steps[0].pages[0].user_id
  expect(await next()).toBe(g.person)
  await g.api('POST', '/api/incidents', { title: 'Cards fail', policy_id: policy })
  expect(await next()).toBe(g.theo)
})
