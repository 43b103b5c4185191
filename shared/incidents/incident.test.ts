import { describe, expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import type { Policy } from '../oncall/escalation.ts'
import { acknowledge, type Change, type Incident, incidentOf, lapsed, note, observed, type Refusal, reopen, resolve } from './incident.ts'
import type { Intent } from './intent.ts'
import { declared, failsAgain, opened, opening, reopenedBy, titleOf } from './opening.ts'

const policy: Policy = {
  id: 'p',
  name: 'Payments',
  repeat_count: 0,
  steps: [],
  timezone: 'UTC',
  final_team_after: null,
  acknowledgement_timeout: null,
}
const ines: Actor = { type: 'user', id: 'ines', name: 'Ines Okafor' }
const shard: Actor = { type: 'monitor', id: 'm', name: 'API' }
const MIN = 60_000
const intent = (more: Partial<Intent> = {}): Intent => ({
  id: 'i',
  team: 't',
  cause: { type: 'monitor', id: 'm', name: 'API', url: 'https://api.example.com' },
  what: '503 from 3 of 4 regions',
  policyId: null,
  startedAt: 900,
  verdictAt: 1000,
  why: ['eu: 503'],
  votes: [],
  email: true,
  ...more,
})
const of = (more: Partial<Incident> = {}): Incident => ({ ...opened(intent(), { number: 7, policy, at: 1000 }).incident, ...more })
const ok = (c: Change | Refusal): Change => {
  if ('refused' in c) throw new Error(c.refused)
  return c
}
const acknowledged = of({ status: 'acknowledged', acknowledgedAt: 2000, acknowledgedBy: ines })
const resolved = of({ status: 'resolved', resolvedAt: 5000, resolvedBy: shard, resolvedItself: true })

describe('opening', () => {
  test('a monitor’s incident is SEV2, began with its first failure, and its ladder starts now', () => {
    const { incident, events } = opened(intent(), { number: 7, policy, at: 1000 })
    expect(incident).toMatchObject({
      id: 'i', number: 7, title: 'API returns 503 from 3 of 4 regions', status: 'open', severity: 'sev2', policyId: 'p',
      startedAt: 900, openedAt: 1000, since: 1000, lookAgain: 1000, taken: 0, rev: 1,
    }) // biome-ignore format: a document
    expect(events).toMatchObject([{ type: 'opened', at: 1000, by: shard, data: { what: '503 from 3 of 4 regions' } }])
  })
  test('e-mail switched off silences it only when no policy is set', () => {
    const off = opened(intent({ email: false }), { number: 1, policy, at: 1 })
    expect(off.incident).toMatchObject({ notify: false, lookAgain: null })
    expect(off.events.map((e) => e.type)).toEqual(['opened', 'not-paged'])
    expect(opened(intent({ email: false, policyId: 'p' }), { number: 1, policy, at: 1 }).incident).toMatchObject({
      notify: true,
      lookAgain: 1,
    })
  })
  test('a declared one that notifies nobody has no clock', () => {
    const d = { id: 'd', title: 'T', description: null, severity: 'sev3' as const, serviceId: null, policyId: null, notify: false }
    expect(declared(d, ines, { number: 1, policy, at: 1 })).toMatchObject({
      incident: { lookAgain: null, cause: null, what: 'T' },
      events: [
        { type: 'declared', by: { id: 'ines', name: '' } },
        { type: 'not-paged', data: { reason: 'asked-not-to' } },
      ],
    })
    expect(declared({ ...d, notify: true }, ines, { number: 1, policy, at: 1 })).toMatchObject({ incident: { lookAgain: 1 }, events: [{}] })
  })
  test.each([
    ['503 from 3 of 4 regions', 'API returns 503 from 3 of 4 regions'],
    ['no answer from 2 of 4 regions', 'API: no answer from 2 of 4 regions'],
  ])('%s reads as a title', (what, title) => expect(titleOf('API', what)).toBe(title))
})

describe('acknowledging', () => {
  test('stops the clock and makes whoever did it the responder', () => {
    expect(ok(acknowledge(of(), ines, 2000))).toMatchObject({
      incident: {
        status: 'acknowledged',
        acknowledgedAt: 2000,
        acknowledgedBy: { id: 'ines', name: '' },
        lookAgain: null,
        responder: 'ines',
        rev: 2,
      },
      events: [{ type: 'acknowledged', at: 2000, data: { via: 'app', channel: null } }],
    })
    expect(ok(acknowledge(of({ responder: 'theo' }), { type: 'key', id: 'k', name: 'CI' }, 1)).incident).toMatchObject({
      responder: 'theo',
      acknowledgedBy: { name: 'CI' },
    })
    expect(ok(acknowledge(of(), ines, 1, { how: 'link', channel: 'email' })).events[0]).toMatchObject({
      data: { via: 'link', channel: 'email' },
    })
  })
  test('twice or after the end is refused', () => {
    expect(acknowledge(acknowledged, ines, 3000)).toEqual({ refused: 'already-acknowledged' })
    expect(acknowledge(resolved, ines, 3000)).toEqual({ refused: 'already-resolved' })
  })
})

describe('resolving', () => {
  test.each([of(), acknowledged])('ends an open and an acknowledged one', (i) => {
    expect(ok(resolve(i, ines, 4000))).toMatchObject({
      incident: { status: 'resolved', resolvedAt: 4000, resolvedBy: { id: 'ines', name: '' }, resolvedItself: false, lookAgain: null },
      events: [{ type: 'resolved', data: { reason: 'by-hand' } }],
    })
  })
  test('by recovery is remembered as such, by deleting or pausing is not', () => {
    const by = (type: 'recovered' | 'deleted' | 'paused') => ok(resolve(of(), shard, 4000, { type, why: ['4 of 4'] }))
    expect(by('recovered')).toMatchObject({
      incident: { resolvedItself: true },
      events: [{ data: { reason: 'recovered', why: ['4 of 4'] } }],
    })
    expect(by('deleted').incident.resolvedItself).toBe(false)
    expect(by('paused').incident.resolvedItself).toBe(false)
  })
  test('twice is refused', () => expect(resolve(resolved, ines, 9)).toEqual({ refused: 'already-resolved' }))
})

describe('reopening', () => {
  test('begins a new life: nobody has it, the ladder starts again', () => {
    expect(
      ok(reopen({ ...resolved, taken: 3, lookAgain: null, acknowledgedAt: 2000, acknowledgedBy: ines }, ines, 6000, null)),
    ).toMatchObject({
      incident: {
        status: 'open',
        life: 1,
        taken: 0,
        since: 6000,
        lookAgain: 6000,
        acknowledgedAt: null,
        acknowledgedBy: null,
        resolvedAt: null,
        openedAt: 1000,
      },
      events: [{ type: 'reopened', data: { reason: 'by-hand' } }],
    })
    expect(ok(reopen({ ...resolved, notify: false, lookAgain: null }, ines, 6000, null)).incident.lookAgain).toBeNull()
  })
  test('only what is resolved, for a day', () => {
    expect(reopen(resolved, ines, 6000, of())).toEqual({ refused: 'other-open' })
    expect(reopen(of(), ines, 1, null)).toEqual({ refused: 'not-resolved' })
    expect(reopen(acknowledged, ines, 1, null)).toEqual({ refused: 'not-resolved' })
    expect('refused' in reopen(resolved, ines, 5000 + 24 * 60 * MIN, null)).toBe(false)
    expect(reopen(resolved, ines, 5001 + 24 * 60 * MIN, null)).toEqual({ refused: 'too-late' })
  })
  test('a failure within 15 minutes of an automatic resolve is the same incident', () => {
    expect(failsAgain(resolved, 5000 + 15 * MIN)).toBe(true)
    expect(failsAgain(resolved, 5001 + 15 * MIN)).toBe(false)
    expect(failsAgain({ ...resolved, resolvedItself: false }, 6000)).toBe(false)
    expect(failsAgain(of(), 6000)).toBe(false)
    expect(reopenedBy(resolved, intent({ what: 'no answer' }), 6000)).toMatchObject({
      incident: { status: 'open', title: 'API: no answer', life: 1, lookAgain: 6000, number: 7 },
      events: [{ type: 'reopened', by: shard, data: { reason: 'failed-again' } }],
    })
  })
})

describe('an intent', () => {
  const given = { number: 8, policy, at: 6000, found: true }
  test('of a cause that never failed, or not lately, opens', () => {
    expect(opening(intent({ id: 'n' }), null, given)).toMatchObject({ incident: { id: 'n', number: 8, openedAt: 6000 } })
    expect(opening(intent({ id: 'n', verdictAt: 5001 + 15 * MIN }), resolved, given)).toMatchObject({ incident: { id: 'n' } })
  })
  test('of a cause that has an open incident changes nothing', () => {
    expect(opening(intent(), of(), given)).toBeNull()
    expect(opening(intent(), acknowledged, given)).toBeNull()
  })
  test('soon after it resolved by itself reopens', () => {
    expect(opening(intent({ id: 'n', verdictAt: 6000 }), resolved, given)).toMatchObject({ incident: { id: 'i', number: 7, life: 1 } })
  })
  test('with a policy that does not exist pages by the default one and says so', () => {
    const events = (more: Partial<Intent>, found: boolean) => opening(intent(more), null, { ...given, found })!.events.map((e) => e.type)
    expect(events({ policyId: 'gone' }, false)).toEqual(['opened', 'policy-missing'])
    expect(events({ policyId: 'p' }, true)).toEqual(['opened'])
  })
})

test('what regions say is kept while it is not over, and moves no clock', () => {
  const o = { id: 'o', incident: 'i', at: 3000, type: 'region-changed' as const, why: ['as: 503'], votes: [] }
  expect(ok(observed(acknowledged, o))).toMatchObject({
    incident: { why: ['as: 503'], status: 'acknowledged', lookAgain: acknowledged.lookAgain },
    events: [{ type: 'region-changed', at: 3000 }],
  })
  expect(observed(resolved, o)).toEqual({ refused: 'already-resolved' })
})

test('a note may be added to anything, by its id only', () => {
  expect(note(resolved, 'hm', ines, 9)).toMatchObject({
    incident: { status: 'resolved', rev: 2 },
    events: [{ type: 'note', by: { id: 'ines', name: '' }, data: { text: 'hm' } }],
  })
})

describe('an acknowledgement that lapses', () => {
  const patient = of({ policy: { ...policy, acknowledgement_timeout: 600 } })
  const taken = (acknowledge(patient, ines, 5000) as Change).incident

  test('is looked at when the policy’s patience is over, and pages from the beginning again', () => {
    expect(taken.lookAgain).toBe(605_000)
    expect(lapsed(taken, 604_999)).toBeNull()
    expect(lapsed(taken, 605_000)).toMatchObject({
      incident: { status: 'open', life: 1, taken: 0, since: 605_000, acknowledgedAt: null },
      events: [{ type: 'acknowledgement-lapsed', by: { type: 'policy', id: 'p' }, data: { after: 600 } }],
    })
  })
  test('never does without such a policy, for one that is open or resolved, or that pages nobody', () => {
    expect((acknowledge(of(), ines, 1) as Change).incident.lookAgain).toBeNull()
    expect(lapsed(patient, 9e9)).toBeNull()
    expect(lapsed((resolve(taken, ines, 6000) as Change).incident, 9e9)).toBeNull()
    expect(lapsed({ ...taken, notify: false }, 9e9)).toBeNull()
  })
})

test('an incident stored by the first version goes on with its steps as they were', () => {
  const { policy: _, ...rest } = of()
  const steps = [{ wait_before: 5, urgency: 'high', targets: [{ type: 'user', id: 'ines' }] }]
  const stored = { ...rest, v: 1 as const, policy: { id: 'p', name: 'P', repeat_count: 1, steps } }
  expect(incidentOf(stored as never)).toMatchObject({
    v: 2,
    policy: { steps: [{ wait_before: 5, assign: 'all', repeat_count: 0, when: null }], final_team_after: null, timezone: 'UTC' },
  })
})
