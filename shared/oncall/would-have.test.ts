import { expect, test } from 'vitest'
import type { Team } from './simulate.ts'
import { escalatesOf } from './stored.ts'
import { seeded } from './urgency.ts'
import { wouldPage } from './would-have.ts'

const t = (text: string) => Date.parse(text)
const MINUTE = 60_000
const person = (id: string, zone: string) => ({
  id,
  name: id,
  zone,
  contacts: [{ channel: 'email' as const, contact: `${id}@example.com` }],
})
const team: Team = {
  people: [person('ines', 'Europe/Paris'), person('mei', 'Asia/Tokyo')],
  endpoints: [],
  urgencies: seeded.map((u) => ({ ...u, id: u.key })),
  schedules: [],
}
const user = (id: string) => ({ type: 'user', id })
const policy = (steps: object[]) =>
  escalatesOf({ id: 'p', name: 'P', repeat_count: 0, steps: steps.map((s) => ({ wait_before: 0, urgency: 'high', ...s })) })
const night = t('2026-03-02T01:00:00Z') // 2 o'clock in Paris, 10 in Tokyo
const past = (at: number, answeredAfter: number | null) => ({
  severity: 'sev2' as const, service: null, at, until: answeredAfter === null ? null : at + answeredAfter * MINUTE,
}) // biome-ignore format: a row
const twoSteps = policy([{ targets: [user('ines')] }, { wait_before: 300, targets: [user('mei')] }])

test.each([
  ['answered before the second step', [past(night, 3)], [{ user: 'ines', times: 1, atNight: 1 }]],
  ['answered at the very second of it', [past(night, 5)], [{ user: 'ines', times: 1, atNight: 1 }]],
  ['answered after it: it is day there', [past(night, 6)], [{ user: 'ines', times: 1, atNight: 1 }, { user: 'mei', times: 1, atNight: 0 }]], // biome-ignore format: a row
  ['never answered', [past(night, null)], [{ user: 'ines', times: 1, atNight: 1 }, { user: 'mei', times: 1, atNight: 0 }]], // biome-ignore format: a row
  ['no incidents', [], []],
])('%s', (_, incidents, expected) => {
  expect(wouldPage(twoSteps, incidents, team)).toEqual({ people: expected, counted: incidents.length })
})

test('round robin goes on from one incident to the next', () => {
  const turns = policy([{ assign: 'round_robin', targets: [user('ines'), user('mei')] }])
  const incidents = [4, 0, 8, 12].map((hours) => past(night + hours * 3_600_000, 1))
  expect(wouldPage(turns, incidents, team).people.map((p) => [p.user, p.times])).toEqual([
    ['ines', 2],
    ['mei', 2],
  ])
})

test('a policy of a thousand rungs and incidents that nobody answers cost a bounded time', () => {
  const endless = { ...policy([{ wait_before: 60, targets: [user('ines')] }]), repeat_count: 1000 }
  const { counted, people } = wouldPage(
    endless,
    Array.from({ length: 500 }, (_, i) => past(night + i * MINUTE, null)),
    team,
  )
  expect([counted, people[0]!.times]).toEqual([25, 25 * 200])
})
