import { describe, expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import type { Endpoint, Person, Policy } from '../oncall/escalation.ts'
import type { Step } from '../oncall/schema.ts'
import { type Climbed, climb, climbByHand, type NotPaged, type Reach, type Target } from './climb.ts'
import { declared, type Incident } from './incident.ts'
import type { PageRow } from './page-state.ts'

const person = (id: string, ...contacts: string[]): Person => ({
  id,
  name: id,
  zone: 'UTC',
  contacts: contacts.map((contact) => ({ channel: 'email', contact })),
})
const hook: Endpoint = { id: 'hook', name: 'Hook', url: 'https://example.com', secret: null }
const bare = { urgencies: [], schedules: [], onCall: () => null, mark: () => 0 }
const reach: Reach = { ...bare, people: [person('ines', 'i1', 'i2'), person('theo', 't1'), person('mute')], endpoints: [hook] }
const to = (type: 'user' | 'webhook' | 'team', id: string) => ({ type, id })
const plain = { urgency: 'high', assign: 'all', repeat_count: 0, repeat_every: 60, when: null } as const
const step = (wait_before: number, ...targets: Step['targets']): Step => ({ ...plain, wait_before, targets })
const ines: Actor = { type: 'user', id: 'ines', name: '' }

const incident = (steps: Step[], more: Partial<Incident> = {}): Incident => {
  const policy: Policy = {
    id: 'p',
    name: 'P',
    repeat_count: 0,
    steps,
    timezone: 'UTC',
    final_team_after: null,
    acknowledgement_timeout: null,
  }
  const d = { id: 'i', title: 'T', description: null, severity: 'sev3' as const, serviceId: null, policyId: null, notify: true }
  return { ...declared(d, ines, { number: 1, policy, at: 0 }).incident, ...more }
}
const ids = () => {
  let n = 0
  return () => `page-${++n}`
}
const who = (c: Climbed) => c.pages.map((p) => p.page.contact)
const types = (c: Climbed) => c.events.map((e) => e.type)
const failing = (page: PageRow): PageRow => ({ ...page, failures: 2 })
const rows = (c: Climbed) => c.pages.map((p) => p.page)

test('the first rung becomes pages, each with its event, and the clock is the next rung’s', () => {
  const c = climb(incident([step(0, to('user', 'theo'), to('webhook', 'hook')), step(60, to('team', 't'))]), [], reach, 0, ids())
  expect(who(c)).toEqual(['t1', 'https://example.com'])
  expect(c.events).toMatchObject([
    { type: 'paged', by: { type: 'policy', name: 'P' }, data: { page_id: 'page-1', step: 1, user_id: 'theo', reason: 'step' } },
    { type: 'paged', data: { page_id: 'page-2', channel: 'webhook', user_id: null } },
  ])
  expect(c.incident).toMatchObject({ taken: 1, level: 1, responder: 'theo', lookAgain: 60_000, rev: 2 })
})

test('nothing climbs that is acknowledged, resolved or silent', () => {
  for (const more of [{ status: 'acknowledged' }, { status: 'resolved' }, { notify: false }] as const) {
    const i = incident([step(0, to('team', 't'))], more)
    expect(climb(i, [], reach, 0, ids())).toEqual({ incident: i, events: [], pages: [] })
  }
})

test('looking too early changes nothing but the clock', () => {
  const i = incident([step(30, to('user', 'theo'))])
  expect(climb(i, [], reach, 1000, ids())).toMatchObject({ incident: { rev: 1, lookAgain: 30_000 }, events: [], pages: [] })
})

test('a step that reaches nobody is told and not waited for', () => {
  const c = climb(incident([step(0, to('user', 'mute')), step(600, to('user', 'theo'))]), [], reach, 0, ids())
  expect(types(c)).toEqual(['step-passed', 'paged'])
  expect(who(c)).toEqual(['t1'])
})

describe('a contact that fails', () => {
  const i = incident([step(0, to('user', 'ines')), step(600, to('user', 'theo'))])
  const first = climb(i, [], reach, 0, ids())

  test('is followed by the person’s next contact, and the ladder waits as it did', () => {
    const c = climb(first.incident, rows(first).map(failing), reach, 15_000, ids())
    expect(who(c)).toEqual(['i2'])
    expect(c.events).toMatchObject([{ type: 'paged', data: { reason: 'fallback', step: 1 } }])
    expect(c.incident).toMatchObject({ taken: 1, lookAgain: 600_000 })
    expect(climb(c.incident, [...rows(first).map(failing), ...rows(c)], reach, 20_000, ids()).pages).toEqual([])
  })

  test('and the next one too: the ladder goes on at once', () => {
    const second = climb(first.incident, rows(first).map(failing), reach, 15_000, ids())
    const c = climb(second.incident, [...rows(first), ...rows(second)].map(failing), reach, 30_000, ids())
    expect(who(c)).toEqual(['t1'])
    expect(c.incident).toMatchObject({ taken: 2, since: 30_000, level: 2 })
  })

  test('does not hurry the ladder while somebody else of the rung may be reached', () => {
    const both = incident([step(0, to('user', 'theo'), to('webhook', 'hook')), step(600, to('team', 't'))])
    const one = climb(both, [], reach, 0, ids())
    const pages = rows(one).map((p) => (p.channel === 'webhook' ? failing(p) : p))
    expect(climb(one.incident, pages, reach, 15_000, ids())).toMatchObject({ pages: [], incident: { taken: 1, lookAgain: 600_000 } })
  })

  test('ends with everybody when the ladder has nobody left', () => {
    const only = incident([step(0, to('user', 'theo'))])
    const one = climb(only, [], reach, 0, ids())
    const c = climb(one.incident, rows(one).map(failing), reach, 15_000, ids())
    expect(who(c)).toEqual(['i1', 't1'])
    expect(c.events).toMatchObject([{ data: { reason: 'last-resort', step: 2 } }, {}])
    expect(climb(c.incident, [...rows(one), ...rows(c)].map(failing), reach, 30_000, ids()).pages.map((p) => p.page.contact)).toEqual([
      'i2',
    ])
  })
})

test('pages of an earlier life decide nothing', () => {
  const i = incident([step(0, to('user', 'theo'))])
  const one = climb(i, [], reach, 0, ids())
  const again = climb({ ...i, life: 1 }, rows(one).map(failing), reach, 9, ids())
  expect(who(again)).toEqual(['t1'])
  expect(again.pages[0]!.page.life).toBe(1)
})

test('when nobody can be reached it is told once and asked every minute', () => {
  const nobody: Reach = { ...bare, people: [person('mute')], endpoints: [] }
  const c = climb(incident([step(0, to('user', 'mute'))]), [], nobody, 0, ids())
  expect(types(c)).toEqual(['step-passed', 'nobody-reachable'])
  expect(c.incident.lookAgain).toBe(60_000)
  const still = climb(c.incident, [], nobody, 60_000, ids())
  expect(still).toMatchObject({ events: [], incident: { lookAgain: 120_000 } })
  expect(who(climb(still.incident, [], reach, 120_000, ids()))).toEqual(['i1', 't1'])
})

describe('by hand', () => {
  const i = climb(incident([step(0, to('user', 'ines')), step(600, to('user', 'theo'))]), [], reach, 0, ids())
  const ask = (from: Incident, pages: PageRow[], target: Target | null, at = 5000) =>
    climbByHand(from, pages, reach, { by: ines, target, at, id: ids() })
  const ok = (c: Climbed | NotPaged): Climbed => {
    if ('refused' in c) throw new Error(c.refused)
    return c
  }

  test('Escalate takes the next rung now; after the last one there is none', () => {
    const c = ok(ask(i.incident, rows(i), null))
    expect(who(c)).toEqual(['t1'])
    expect(c.events).toMatchObject([
      { type: 'escalated', by: ines, data: { to: 'theo' } },
      { type: 'paged', data: { reason: 'escalated' } },
    ])
    expect(ask(c.incident, [...rows(i), ...rows(c)], null)).toEqual({ refused: 'no-further-step' })
  })
  test('of an acknowledged incident, it starts no clock; of a resolved one, it is refused', () => {
    const three = climb(incident([step(0, to('user', 'ines')), step(9, to('user', 'theo')), step(9, to('team', 't'))]), [], reach, 0, ids())
    expect(ok(ask({ ...three.incident, status: 'acknowledged', lookAgain: null }, rows(three), null)).incident.lookAgain).toBeNull()
    expect(ask({ ...three.incident, status: 'resolved' }, rows(three), null)).toEqual({ refused: 'already-resolved' })
  })
  test('calling somebody in leaves the ladder where it is', () => {
    const c = ok(ask(i.incident, rows(i), { people: ['theo'] }))
    expect(c.pages).toMatchObject([{ page: { rung: null, person: 'theo', step: 1 } }])
    expect(c.incident).toEqual({ ...i.incident, rev: i.incident.rev + 1 })
    expect(types(c)).toEqual(['escalated', 'paged'])
  })
  test('everybody means everybody who can be reached; nobody is refused', () => {
    expect(who(ok(ask(i.incident, rows(i), { people: 'everybody' })))).toEqual(['i1', 't1'])
    expect(ask(i.incident, rows(i), { people: ['mute'] })).toEqual({ refused: 'nobody' })
    expect(ask(i.incident, rows(i), { people: ['stranger'] })).toEqual({ refused: 'nobody' })
  })
})
