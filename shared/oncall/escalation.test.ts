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
const step = (wait_before: number, ...targets: Target[]): Step => ({ wait_before, urgency: 'high', targets })
const policy = (steps: Step[], repeat_count = 0): Policy => ({ id: 'p', name: 'P', repeat_count, steps })
const facts = (more: Partial<Facts> = {}): Facts => ({
  taken: 0,
  since: 0,
  lastRungFails: false,
  someoneReached: false,
  people: [person('ines'), person('theo'), person('mei')],
  endpoints: [{ id: 'hook', name: 'Hook', url: 'https://example.com/hook', secret: null }],
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
  ['on a schedule that does not exist yet', { type: 'schedule', id: 'x' }, {}],
])('somebody %s never swallows a page: the next step goes out at once and it is said', (_, target, more) => {
  const e = escalate(policy([step(0, target), step(600, user('theo'))]), facts(more), 0)
  expect(e.passed).toEqual([{ rung: 0, step: 1, round: 1 }])
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
