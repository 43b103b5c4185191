import { expect, test } from 'vitest'
import type { ScheduleDefinition } from './definition.ts'
import { simulate, type Team } from './simulate.ts'
import { escalatesOf } from './stored.ts'
import { seeded } from './urgency.ts'

const t = (text: string) => Date.parse(text)
const person = (id: string, contacts = [{ channel: 'email' as const, contact: `${id}@example.com` }]) => ({
  id,
  name: id.toUpperCase(),
  zone: 'UTC',
  contacts,
})
const schedule: ScheduleDefinition = {
  v: 1,
  id: 'sched',
  name: 'Payments',
  overrides: [
    {
      id: 'o',
      user: 'mei',
      from: t('2026-03-28T20:00:00Z'),
      until: t('2026-03-29T02:00:00Z'),
      replaces: null,
      layer: null,
      reason: 'cover',
    },
  ],
  versions: [
    {
      from: 0,
      zone: 'Europe/Paris',
      layers: [
        {
          id: 'l', name: 'Primary', calendar: null, restrictions: [],
          rotation: { type: 'daily', interval: 1, hours: null, split: null, start: t('2026-03-01T09:00:00+01:00'), end: null, participants: ['ines', 'theo'], turn: 0 },
        }, // biome-ignore format: a row
      ],
    },
  ],
}
const team: Team = {
  people: [person('ines'), person('theo'), person('mei')],
  endpoints: [],
  urgencies: seeded.map((u) => ({ ...u, id: u.key })),
  schedules: [schedule],
}
const policy = (steps: object[], more = {}) => escalatesOf({ id: 'p', name: 'P', repeat_count: 0, steps, ...more })
const told = (found: ReturnType<typeof simulate>) =>
  found.steps.map((s) => [new Date(s.at).toISOString().slice(11, 19), s.step, ...s.pages.map((p) => p.user)])

test('step by step: who, when and why, through the night the clocks change', () => {
  const steps = [
    { wait_before: 0, urgency: 'high', targets: [{ type: 'schedule', id: 'sched' }] },
    { wait_before: 1800, urgency: 'high', targets: [{ type: 'schedule', id: 'sched' }] },
    { wait_before: 300, urgency: 'high', targets: [{ type: 'team', id: 't' }] },
  ]
  const found = simulate({ policy: policy(steps), severity: 'sev2', service: null, at: t('2026-03-29T01:45:00Z') }, team)
  expect(told(found)).toEqual([
    ['01:45:00', 1, 'mei'],
    ['02:15:00', 2, 'theo'],
    ['02:20:00', 3, 'ines', 'theo', 'mei'],
  ])
  expect(found.steps[0]!.pages[0]).toMatchObject({
    channel: 'email',
    contact: 'm…@example.com',
    why: { type: 'schedule', schedule: 'sched', reason: 'cover' },
  })
  expect(found.steps[1]!.pages[0]!.why).toMatchObject({ type: 'schedule', reason: 'layer', layer: 'l' })
  expect(found.steps[2]!.pages[0]!.why).toEqual({ type: 'team' })
  expect(found).toMatchObject({ nobody: false, cut: false })
})

test('a step that reaches nobody is passed at once, and it says why', () => {
  const steps = [
    { wait_before: 0, urgency: 'high', targets: [{ type: 'user', id: 'gone' }] },
    { wait_before: 600, urgency: 'high', targets: [{ type: 'user', id: 'theo' }] },
  ]
  const found = simulate({ policy: policy(steps), severity: 'sev2', service: null, at: 0 }, team)
  expect(told(found)).toEqual([
    ['00:00:00', 1],
    ['00:00:00', 2, 'theo'],
  ])
  expect(found.steps[0]!.unreached).toEqual([{ type: 'user', id: 'gone', why: 'left' }])
})

test('a team in which nobody can be reached says so and ends', () => {
  const nobody = { ...team, people: [person('ines', [])] }
  const found = simulate(
    {
      policy: policy([{ wait_before: 0, urgency: 'high', targets: [{ type: 'user', id: 'ines' }] }]),
      severity: 'sev2',
      service: null,
      at: 0,
    },
    nobody,
  )
  expect(found).toMatchObject({ nobody: true, cut: false })
})

test('a policy without end is cut', () => {
  const steps = [{ wait_before: 86_400, urgency: 'high', targets: [{ type: 'user', id: 'theo' }] }]
  const found = simulate({ policy: policy(steps, { repeat_count: 50 }), severity: 'sev2', service: null, at: 0 }, team)
  expect(found.cut).toBe(true)
  expect(found.steps).toHaveLength(6)
})
