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
  expect(csv.body).toContain('name,user_id,timezone,hours,night_hours,weekend_hours,nights,weekend_days,shifts\r\n')
  expect(csv.body).toContain(`"'=Theo ""T"" Lindgren",${g.theo},Europe/Paris,`)
  expect((await g.api('GET', `/api/oncall/reports?schedule_id=${newId()}`)).status).toBe(404)
})
