import { expect, test } from 'vitest'
import { ahead, defaultSteps, type Escalated, escalate, type Facts, nextNow, type Person, type Policy } from './escalation.ts'
import type { Step, Target } from './schema.ts'

const person = (id: string, contacts: Person['contacts'] = [{ channel: 'email', contact: `${id}@example.com` }]): Person => ({
  id,
  name: id.toUpperCase(),
  zone: 'UTC',
  contacts,
})
const user = (id: string): Target => ({ type: 'user', id })
const bare = { urgency: 'high', assign: 'all', repeat_count: 0, repeat_every: 60, when: null } as const
const step = (wait_before: number, ...targets: Target[]): Step => ({ ...bare, wait_before, targets })
const but = (of: Step, more: Partial<Step>): Step => ({ ...of, ...more })
const policy = (steps: Step[], repeat_count = 0, more: Partial<Policy> = {}): Policy => ({
  id: 'p',
  name: 'P',
  repeat_count,
  steps,
  timezone: 'Europe/Paris',
  final_team_after: null,
  acknowledgement_timeout: null,
  ...more,
})
const facts = (more: Partial<Facts> = {}): Facts => ({
  severity: 'sev3',
  service: null,
  taken: 0,
  since: 0,
  lastRungFails: false,
  someoneReached: false,
  people: [person('ines'), person('theo'), person('mei')],
  endpoints: [{ id: 'hook', name: 'Hook', url: 'https://example.com/hook', secret: null }],
  urgencies: [],
  schedules: [{ id: 'nights', name: 'Nights' }],
  onCall: () => null,
  mark: () => 0,
  ...more,
})
const s = (seconds: number) => seconds * 1000
const who = (e: Escalated) => e.calls.map((c) => [c.step, c.round, ...c.people.map((p) => p.id), ...c.endpoints.map((x) => x.id)])

/** Asks as the object does: at every time it is told to look again, with nobody acknowledging. */
function story(p: Policy, f: Facts): [seconds: number, step: number, round: number, ...who: string[]][] {
  const told: [number, number, number, ...string[]][] = []
  let now = { ...f }
  for (let at: number | null = f.since; at !== null; ) {
    const e: Escalated = escalate(p, now, at)
    for (const c of who(e)) told.push([at / 1000, ...(c as [number, number, ...string[]])])
    now = { ...now, taken: e.taken, since: e.since, someoneReached: now.someoneReached || e.calls.length > 0 }
    at = e.lookAgain
  }
  return told
}

test('the default policy pages the owner at once and everybody after 180 s', () => {
  expect(story(policy(defaultSteps('t', 'ines')), facts())).toEqual([
    [0, 1, 1, 'ines'],
    [180, 2, 1, 'ines', 'theo', 'mei'],
  ])
})

test('a team without an owner pages everybody at once', () => {
  expect(story(policy(defaultSteps('t', null)), facts())).toEqual([[0, 1, 1, 'ines', 'theo', 'mei']])
})

test('a wait is counted from the step before it, and nobody is paged a millisecond early', () => {
  const p = policy([step(60, user('ines')), step(120, user('theo'))])
  expect(escalate(p, facts(), s(60) - 1)).toMatchObject({ calls: [], taken: 0, lookAgain: s(60), exhausted: false })
  expect(escalate(p, facts(), s(60))).toMatchObject({ taken: 1, since: s(60), lookAgain: s(180), exhausted: false })
  expect(escalate(p, facts({ taken: 1, since: s(60), someoneReached: true }), s(180) - 1)).toMatchObject({ calls: [], lookAgain: s(180) })
})

test('a rung taken late gives the next one its whole wait: nobody is paged twice because we were down', () => {
  const p = policy([step(60, user('ines')), step(60, user('theo')), step(60, user('mei'))])
  expect(escalate(p, facts(), s(1000))).toMatchObject({ taken: 1, since: s(1000), lookAgain: s(1060) })
})

test('a repeat begins with the first step’s own wait right after the last step', () => {
  const p = policy([step(30, user('ines')), step(60, user('theo'))], 2)
  expect(story(p, facts())).toEqual([
    [30, 1, 1, 'ines'],
    [90, 2, 1, 'theo'],
    [120, 1, 2, 'ines'],
    [180, 2, 2, 'theo'],
    [210, 1, 3, 'ines'],
    [270, 2, 3, 'theo'],
  ])
})

test('steps that wait for nothing go out together', () => {
  const e = escalate(policy([step(0, user('ines')), step(0, { type: 'webhook', id: 'hook' })]), facts(), 0)
  expect(who(e)).toEqual([
    [1, 1, 'ines'],
    [2, 1, 'hook'],
  ])
  expect(e).toMatchObject({ taken: 2, exhausted: true, lookAgain: null })
})

test('a person named twice in a step is paged once', () => {
  expect(who(escalate(policy([step(0, user('ines'), { type: 'team', id: 't' }, user('ines'))]), facts(), 0))).toEqual([
    [1, 1, 'ines', 'theo', 'mei'],
  ])
})

test.each<[string, Target, Partial<Facts>]>([
  ['who left the team', user('gone'), {}],
  ['without any contact', user('ines'), { people: [person('ines', []), person('theo')] }],
  ['behind an endpoint that was deleted', { type: 'webhook', id: 'gone' }, {}],
  ['on a schedule that was deleted', { type: 'schedule', id: 'x' }, {}],
  ['on a schedule with nobody on call', { type: 'schedule', id: 'nights' }, {}],
  ['on call who left', { type: 'schedule', id: 'nights' }, { onCall: () => 'gone' }],
])('somebody %s never swallows a page: the next step goes out at once and it is said', (_, target, more) => {
  const e = escalate(policy([step(0, target), step(600, user('theo'))]), facts(more), 0)
  expect(e.passed).toMatchObject([{ rung: 0, step: 1, round: 1, unreached: [{ type: target.type, id: target.id }] }])
  expect(who(e)).toEqual([[2, 1, 'theo']])
})

test('only the wait after an unreachable step is dropped, not its own and not later ones', () => {
  const p = policy([step(30, user('gone')), step(600, user('theo')), step(60, user('mei'))])
  expect(story(p, facts())).toEqual([
    [30, 2, 1, 'theo'],
    [90, 3, 1, 'mei'],
  ])
})

test('when every page of a rung fails, the next goes out at once', () => {
  const p = policy([step(0, user('ines')), step(600, user('theo'))])
  expect(who(escalate(p, facts({ taken: 1, lastRungFails: true }), s(5)))).toEqual([[2, 1, 'theo']])
  expect(who(escalate(p, facts({ taken: 1, lastRungFails: false }), s(5)))).toEqual([])
})

test('a policy that reaches nobody ends with the whole team', () => {
  const e = escalate(policy([step(0, user('gone')), step(60, user('away'))]), facts(), 0)
  expect(e.passed).toHaveLength(2)
  expect(who(e)).toEqual([[3, 1, 'ines', 'theo', 'mei']])
  expect(e.calls[0]).toMatchObject({ lastResort: true, people: facts().people })
  expect(e).toMatchObject({ taken: 3, exhausted: true, lookAgain: null })
})

test('a policy whose every page fails ends with the whole team, once', () => {
  const p = policy([step(0, user('ines')), step(60, { type: 'webhook', id: 'hook' })], 1)
  const all = escalate(p, facts({ taken: 4, lastRungFails: true }), s(500))
  expect(who(all)).toEqual([[3, 2, 'ines', 'theo', 'mei']])
  expect(escalate(p, facts({ taken: 5, lastRungFails: true }), s(900))).toMatchObject({ calls: [], exhausted: true, lookAgain: null })
})

test('the whole team is not woken when somebody was reached', () => {
  const p = policy([step(0, user('ines')), step(60, user('gone'))])
  expect(escalate(p, facts({ taken: 2, lastRungFails: true, someoneReached: true }), s(60))).toMatchObject({ calls: [], exhausted: true })
  expect(story(p, facts())).toEqual([[0, 1, 1, 'ines']])
})

test('a team in which nobody can be reached is asked again every minute', () => {
  const e = escalate(policy([step(0, user('ines'))]), facts({ people: [person('ines', [])] }), s(10))
  expect(e).toMatchObject({ calls: [], taken: 1, exhausted: false, lookAgain: s(70) })
  const later = escalate(policy([step(0, user('ines'))]), facts({ taken: e.taken, since: e.since }), s(70))
  expect(who(later)).toEqual([[2, 1, 'ines', 'theo', 'mei']])
})

test('somebody who presses Escalate does not wait, and the step after counts from then', () => {
  const p = policy([step(0, user('ines')), step(600, user('theo')), step(60, user('mei'))])
  const e = nextNow(p, facts({ taken: 1, someoneReached: true }), s(7))
  expect(who(e!)).toEqual([[2, 1, 'theo']])
  expect(e).toMatchObject({ taken: 2, since: s(7), lookAgain: s(67) })
  expect(nextNow(p, facts({ taken: 3, someoneReached: true }), s(7))).toBeNull()
})

test('the ladder ahead says who and when, leaves out who cannot be reached, and stops at its limit', () => {
  const p = policy([step(0, user('ines')), step(180, user('gone')), step(300, user('theo')), step(300, { type: 'team', id: 't' })], 1)
  expect(ahead(p, facts({ taken: 1, since: s(1) }), 3)).toEqual([
    { step: 3, round: 1, at: s(181), who: ['THEO'] },
    { step: 4, round: 1, at: s(481), who: ['the whole team'] },
    { step: 1, round: 2, at: s(481), who: ['INES'] },
  ])
  expect(ahead(p, facts({ taken: 8 }), 3)).toEqual([])
})

const onTheHour = (hour: number) => Date.UTC(2026, 10, 23, hour)
const who1 = (p: Policy, f: Facts, at = 0) => who(escalate(p, f, at))

test('a schedule pages whoever is on call at that instant', () => {
  const p = policy([step(60, { type: 'schedule', id: 'nights' })])
  const onCall = (_: string, at: number) => (at < s(100) ? 'theo' : 'mei')
  expect(who1(p, facts({ onCall }), s(60))).toEqual([[1, 1, 'theo']])
  expect(who1(p, facts({ onCall }), s(100))).toEqual([[1, 1, 'mei']])
})

test('what of a step reaches nobody is told though others of it were reached', () => {
  const p = policy([step(0, user('ines'), { type: 'schedule', id: 'nights' }, user('gone'))])
  expect(escalate(p, facts(), 0).calls[0]!.unreached).toEqual([
    { type: 'schedule', id: 'nights', why: 'nobody-on-call' },
    { type: 'user', id: 'gone', why: 'left' },
  ])
})

test('a step repeats itself before the next has its turn, and the next waits from its last time', () => {
  const p = policy([but(step(0, user('ines')), { repeat_count: 2, repeat_every: 30 }), step(100, user('theo'))], 1)
  expect(story(p, facts())).toEqual([
    [0, 1, 1, 'ines'],
    [30, 1, 1, 'ines'],
    [60, 1, 1, 'ines'],
    [160, 2, 1, 'theo'],
    [160, 1, 2, 'ines'],
    [190, 1, 2, 'ines'],
    [220, 1, 2, 'ines'],
    [320, 2, 2, 'theo'],
  ])
})

test('the whole team at the end is paged once, after all rounds, whoever was reached', () => {
  const p = policy([step(0, user('ines'))], 1, { final_team_after: 120 })
  expect(story(p, facts())).toEqual([
    [0, 1, 1, 'ines'],
    [0, 1, 2, 'ines'],
    [120, 2, 2, 'ines', 'theo', 'mei'],
  ])
})

const condition = { severities: null, services: null, hours: null, otherwise: false }
test.each<[string, Partial<typeof condition> & object, Partial<Facts>, number, boolean]>([
  ['SEV1 only, at SEV3', { severities: ['sev1'] as never }, {}, 0, false],
  ['SEV1 only, at SEV1', { severities: ['sev1'] as never }, { severity: 'sev1' }, 0, true],
  ['otherwise than SEV1, at SEV3', { severities: ['sev1'] as never, otherwise: true }, {}, 0, true],
  ['a service, at another', { services: ['cards'] as never }, { service: 'shop' }, 0, false],
  ['a service, at none', { services: ['cards'] as never }, {}, 0, false],
  ['a service, at it', { services: ['cards'] as never }, { service: 'cards' }, 0, true],
  ['Mondays 9 to 17 in Paris, at 7:59 UTC', { hours: [{ days: ['mon'], from: '09:00', to: '17:00' }] as never }, {}, onTheHour(8) - 1, false],
  ['Mondays 9 to 17 in Paris, at 8:00 UTC', { hours: [{ days: ['mon'], from: '09:00', to: '17:00' }] as never }, {}, onTheHour(8), true],
  ['Mondays 9 to 17 in Paris, at 16:00 UTC', { hours: [{ days: ['mon'], from: '09:00', to: '17:00' }] as never }, {}, onTheHour(16), false],
  ['Sunday night over midnight, on Monday 5:00 UTC', { hours: [{ days: ['sun'], from: '22:00', to: '07:00' }] as never }, {}, onTheHour(5), true],
  ['SEV1 at night, by day', { severities: ['sev1'] as never, hours: [{ days: ['mon'], from: '22:00', to: '07:00' }] as never }, { severity: 'sev1' }, onTheHour(12), false],
])('a step for %s is there or not', (_, when, more, at, there) => {
  const p = policy([but(step(0, user('ines')), { when: { ...condition, ...when } }), step(0, user('theo'))])
  expect(who1(p, facts({ since: at, ...more }), at).map((c) => c[2])).toEqual(there ? ['ines', 'theo'] : ['theo'])
}) // biome-ignore format: a table

test('a step that is not there is not waited for, and two of them make a branch', () => {
  const big = { ...condition, severities: ['sev1' as const] }
  const p = policy([
    but(step(600, user('mei')), { when: big }),
    but(step(10, user('ines')), { when: { ...big, otherwise: true } }),
    step(60, user('theo')),
  ])
  expect(story(p, facts())).toEqual([
    [10, 2, 1, 'ines'],
    [70, 3, 1, 'theo'],
  ])
  expect(story(p, facts({ severity: 'sev1' }))).toEqual([
    [600, 1, 1, 'mei'],
    [660, 3, 1, 'theo'],
  ])
})

test('hours are asked about the time at which the step is due, not about now', () => {
  const p = policy([but(step(3600, user('ines')), { when: { ...condition, hours: [{ days: ['mon'], from: '09:00', to: '10:00' }] } })])
  const f = facts({ since: onTheHour(7), someoneReached: true })
  expect(escalate(p, f, onTheHour(7))).toMatchObject({ calls: [], lookAgain: onTheHour(8) })
  expect(who1(p, f, onTheHour(8))).toEqual([[1, 1, 'ines']])
  expect(escalate(p, { ...f, since: onTheHour(8) }, onTheHour(8))).toMatchObject({ taken: 1, exhausted: true })
})

test('a policy none of whose steps is there pages the whole team', () => {
  const p = policy([but(step(0, user('ines')), { when: { ...condition, severities: ['sev1'] } })])
  expect(who1(p, facts())).toEqual([[2, 1, 'ines', 'theo', 'mei']])
})

test('round robin pages one after another, counts its turns, and passes over who cannot be reached', () => {
  const p = policy([but(step(0, user('ines'), user('gone'), user('theo'), { type: 'webhook', id: 'hook' }), { assign: 'round_robin' })])
  const at = (turn: number) => {
    const e = escalate(p, facts({ mark: (key) => (key === 'turn:p:1' ? turn : 99) }), 0)
    expect(e.turns).toEqual({ 'turn:p:1': turn + 1 })
    return who(e)[0]!.at(-1)
  }
  expect([0, 1, 2, 3].map(at)).toEqual(['ines', 'theo', 'hook', 'ines'])
})

test('round robin goes on within one incident too, and ahead says so', () => {
  const p = policy([but(step(0, { type: 'team', id: 't' }), { assign: 'round_robin', repeat_count: 1, repeat_every: 60 })], 1)
  let turn = 0
  const f = facts({ mark: () => turn })
  const e = escalate(p, f, 0)
  expect(who(e)).toEqual([[1, 1, 'ines']])
  turn = e.turns['turn:p:1']!
  expect(ahead(p, { ...f, taken: e.taken, since: e.since }, 3).map((a) => a.who)).toEqual([['THEO'], ['MEI'], ['INES']])
})

test('a round robin that reaches nobody is passed and keeps its turn', () => {
  const p = policy([but(step(0, user('gone')), { assign: 'round_robin' }), step(900, user('theo'))])
  const e = escalate(p, facts(), 0)
  expect(e).toMatchObject({ turns: {}, passed: [{ step: 1 }] })
  expect(who(e)).toEqual([[2, 1, 'theo']])
})

test('a step carries its urgency and the time at which it was due', () => {
  const p = policy([but(step(60, user('ines')), { urgency: 'sev1' })])
  expect(escalate(p, facts(), s(65)).calls[0]).toMatchObject({ urgency: 'sev1', due: s(60) })
})
