import { describe, expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import type { Endpoint, Person, Policy } from '../oncall/escalation.ts'
import type { Step } from '../oncall/schema.ts'
import { type Climbed, climb, climbByHand, type NotPaged, type Reach, type Target } from './climb.ts'
import type { Incident } from './incident.ts'
import { declared } from './opening.ts'
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
const to = (type: 'user' | 'webhook' | 'team' | 'schedule', id: string) => ({ type, id })
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
const mint = (name: string) => {
  let n = 0
  return () => `${name}${++n}`
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

describe('a person’s own wishes', () => {
  const loud = [
    { id: 'mail', channel: 'email' as const, contact: 'm' },
    { id: 'phone', channel: 'voice' as const, contact: 'p' },
  ]
  const rules = [
    { urgency: 'u3', contact: 'mail', after: 0 },
    { urgency: 'u3', contact: 'phone', after: 300 },
  ]
  const mei: Person = { ...person('mei'), contacts: loud, rules }
  const wished: Reach = {
    ...reach,
    people: [mei, ...reach.people],
    urgencies: [{ id: 'u3', key: 'sev3', name: 'SEV3', channels: ['email'], critical: false }],
  }
  const i = incident([step(0, to('user', 'mei')), step(900, to('user', 'theo'))])
  const first = climb(i, [], wished, 0, mint('w'))

  test('make a page that leaves later, and that is said', () => {
    expect(first.pages.map(({ page }) => [page.contact, page.dueAt])).toEqual([['m', 0], ['p', 300_000]]) // biome-ignore format: pairs
    expect(first.events[1]).toMatchObject({ type: 'paged', data: { leaves_at: '1970-01-01T00:05:00.000Z' } })
  })
  test('what waits leaves at once when what went before it fails; the ladder waits as it did', () => {
    const c = climb(
      first.incident,
      rows(first).map((p) => (p.contact === 'm' ? failing(p) : p)),
      wished,
      15_000,
      mint('x'),
    )
    expect(c.pages.map(({ page }) => [page.id, page.contact, page.dueAt])).toEqual([['w2', 'p', 15_000]]) // biome-ignore format: a pair
    expect(c.events).toMatchObject([{ type: 'paged', data: { reason: 'fallback', page_id: 'w2' } }])
    expect(c.incident.lookAgain).toBe(900_000)
  })
  test('when both fail, the next rung does not wait', () => {
    const both = rows(first).map((p) => failing({ ...p, attempt: 2 }))
    expect(who(climb(first.incident, both, wished, 20_000, mint('y')))).toEqual(['t1'])
  })
  test('a step’s own urgency decides whose wishes count', () => {
    const urgent = incident([{ ...step(0, to('user', 'mei')), urgency: 'sev1' }])
    expect(climb(urgent, [], wished, 0, mint('z')).pages.map(({ page }) => [page.contact, page.critical])).toEqual([['p', true], ['m', true]]) // biome-ignore format: pairs
  })
})

describe('holes in a policy', () => {
  const admin: Person = { ...person('ines', 'i1'), admin: true }
  const holed: Reach = { ...reach, people: [admin, person('theo', 't1')], schedules: [{ id: 'nights', name: 'Nights' }] }
  const i = incident([step(0, to('schedule', 'nights')), step(600, to('user', 'theo'))])

  test('are told in the timeline and to the admins by mail, and the page goes on at once', () => {
    const c = climb(i, [], holed, 5000, ids())
    expect(types(c)).toEqual(['step-passed', 'paged'])
    expect(c.events[0]).toMatchObject({ data: { step: 1, unreached: [{ type: 'schedule', id: 'nights', why: 'nobody-on-call' }] } })
    expect(c.pages.map(({ page }) => [page.kind, page.contact])).toEqual([['page', 't1'], ['notice', 'i1']]) // biome-ignore format: pairs
    expect(c.pages[1]!.page.notice).toBe(
      'Step 1 of the policy P named the schedule Nights, on which nobody is on call. The page went on without waiting.',
    )
    expect(c.marks).toEqual({ 'notice:p:1': 5000 })
  })
  test('admins hear of the same hole once an hour', () => {
    const again = (at: number) =>
      climb(i, [], { ...holed, mark: () => 5000 }, at, ids()).pages.filter((p) => p.page.kind === 'notice').length
    expect(again(5000 + 3_600_000 - 1)).toBe(0)
    expect(again(5000 + 3_600_000)).toBe(1)
  })
  test('a notice holds up nobody: the ladder is decided by pages alone', () => {
    const c = climb(i, [], holed, 0, ids())
    const now = rows(c).map((p) => (p.kind === 'page' ? failing(p) : p))
    expect(climb(c.incident, now, holed, 15_000, mint('n')).events).toMatchObject([{ data: { reason: 'last-resort' } }, {}])
  })
})

test('an acknowledgement that lapses pages from the beginning again', () => {
  const i = incident([step(0, to('user', 'theo'))])
  const patient = {
    ...i,
    policy: { ...i.policy, acknowledgement_timeout: 60 },
    status: 'acknowledged' as const,
    acknowledgedAt: 1000,
    lookAgain: 61_000,
  }
  expect(climb(patient, [], reach, 60_999, ids())).toMatchObject({ events: [], pages: [], incident: { status: 'acknowledged' } })
  const c = climb(patient, [], reach, 61_000, ids())
  expect(types(c)).toEqual(['acknowledgement-lapsed', 'paged'])
  expect(c.incident).toMatchObject({ status: 'open', life: 1, taken: 1 })
})

test('the turn of a round robin is kept with the pages it made', () => {
  const i = incident([{ ...step(0, to('user', 'ines'), to('user', 'theo')), assign: 'round_robin' }])
  expect(climb(i, [], { ...reach, mark: () => 1 }, 0, ids())).toMatchObject({
    marks: { 'turn:p:1': 2 },
    pages: [{ page: { contact: 't1' } }],
  })
})
