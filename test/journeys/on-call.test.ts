import { expect, test } from 'vitest'
import { aTeam, env } from '../given.ts'
import { colleagues } from '../oncall-given.ts'

type Page = { step: number; user_id: string | null }

test('a cover accepted in the middle of an incident: the next step pages whoever covers', async () => {
  const g = await aTeam()
  const [noor] = (await colleagues(g.team, 'Noor Vance')) as [string]
  const layers = [{ rotation_type: 'WEEKLY', rotation_start: '2026-01-05T09:00:00+01:00', participants: [g.person] }]
  const schedule = (await g.api('POST', '/api/oncall/schedules', { name: 'Payments', timezone: 'Europe/Paris', layers })).body
  const target = { type: 'schedule', id: schedule.id }
  const steps = [{ targets: [target] }, { wait_before: 8, targets: [target] }]
  const policy = (await g.api('POST', '/api/oncall/policies', { name: 'P', steps })).body

  const incident = (await g.api('POST', '/api/incidents', { title: 'Checkout is slow', policy_id: policy.id, severity: 'SEV2' })).body
  const paged = async (): Promise<Page[]> => {
    const { body } = await g.api('GET', `/api/incidents/${incident.id}/pages`)
    return (body.data ?? body).filter((p: { kind?: string }) => (p.kind ?? 'page') === 'page')
  }
  await expect.poll(async () => (await paged()).map((p) => [p.step, p.user_id]), { timeout: 5000 }).toEqual([[1, g.person]])

  const shift = (await g.api('GET', `/api/oncall/schedules/${schedule.id}/shifts`)).body.data[0]
  const cover = (await g.api('POST', '/api/oncall/cover-requests', { shift_id: shift.id, reason: 'Dentist' })).body
  expect((await g.api('POST', `/api/oncall/cover-requests/${cover.id}/accept`, { user_id: noor })).status).toBe(200)
  const pages = async () => new Set((await paged()).map((p) => `${p.step} ${p.user_id}`))
  await expect.poll(pages, { timeout: 15_000, interval: 250 }).toEqual(new Set([`1 ${g.person}`, `2 ${noor}`]))

  const mails = (await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json()) as { to: string; incident_id: string | null }[]
  expect(
    mails
      .filter((m) => m.incident_id === incident.id)
      .map((m) => m.to)
      .sort(),
  ).toEqual([`${noor}@example.com`, g.email].sort())
}, 40_000)
