import { describe, expect, test } from 'vitest'
import type { Receipt } from '../notify/page.ts'
import {
  begin,
  hold,
  isFailing,
  isUnsent,
  mayReach,
  orphaned,
  type PageRow,
  type PageState,
  pageRowOf,
  queue,
  report,
  settle,
  stop,
  undelivered,
  waitAfter,
} from './page-state.ts'

const s = (seconds: number) => seconds * 1000
const DAY = s(86_400)
const fresh = (): PageRow =>
  queue(
    {
      id: 'p',
      incident: 'i',
      life: 0,
      rung: 0,
      step: 1,
      channel: 'email',
      contact: 'a@example.com',
      person: 'ines',
      endpoint: null,
      critical: true,
      wantedAt: 0,
    },
    0,
  ).page
const row = (more: Partial<PageRow>): PageRow => ({ ...fresh(), ...more })
const sending = (more: Partial<PageRow> = {}) => row({ state: 'sending', attempt: 1, dueAt: null, ...more })
const said = (outcome: Receipt['outcome'], more: Partial<Receipt> = {}): Receipt => ({
  outcome,
  at: 0,
  providerId: 'x',
  detail: null,
  fault: null,
  ...more,
})
const states: PageState[] = ['due', 'sending', 'accepted', 'delivered', 'seen', 'stopped', 'failed']

test('a new page is due at once', () => {
  expect(queue(fresh(), s(3))).toEqual({
    page: row({ createdAt: s(3), dueAt: s(3) }),
    receipt: { at: s(3), state: 'queued', providerId: null, detail: null, possiblyTwice: false },
  })
})

describe('an attempt', () => {
  test('begins when it is due, counts, and is told before anything left', () => {
    expect(begin(row({ dueAt: 5 }), 4)).toBeNull()
    expect(begin(row({ dueAt: 5 }), 5)).toMatchObject({
      page: { state: 'sending', attempt: 1, dueAt: null },
      receipt: { state: 'sent', at: 5 },
    })
  })
  test.each(states.filter((x) => x !== 'due'))('never begins when %s', (state) => {
    expect(begin(row({ state }), s(9))).toBeNull()
  })
})

describe('a receipt', () => {
  test('accepted ends the trying', () => {
    expect(settle(sending({ failures: 3, fault: 'ours' }), said('accepted'), 9)).toMatchObject({
      page: { state: 'accepted', dueAt: null, failures: 3, fault: null },
      receipt: { state: 'accepted', providerId: 'x', at: 9 },
    })
  })
  test('failed is tried again after 5 s, 10 s, 20 s and so on up to 5 min', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 20].map((n) => waitAfter(n) / 1000)).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300])
    expect(settle(sending(), said('failed', { fault: 'theirs', detail: 'no' }), s(1))).toMatchObject({
      page: { state: 'due', failures: 1, dueAt: s(6), fault: 'theirs', possiblyTwice: false },
      receipt: { state: 'failed', detail: 'no' },
    })
    expect(settle(sending({ failures: 1 }), said('failed'), 0)).toMatchObject({ page: { dueAt: s(10), failures: 2 } })
  })
  test('that nobody knows makes the next one possibly the second', () => {
    expect(settle(sending(), said('unknown'), 0)).toMatchObject({
      page: { state: 'due', possiblyTwice: true },
      receipt: { possiblyTwice: true },
    })
    expect(settle(sending({ possiblyTwice: true }), said('failed'), 0)).toMatchObject({ page: { possiblyTwice: true } })
    expect(settle(sending({ possiblyTwice: true }), said('accepted'), 0)).toMatchObject({
      receipt: { state: 'accepted', possiblyTwice: true },
    })
  })
  test('failed for 24 h gives up, not a moment earlier', () => {
    const late = (at: number) => settle(sending({ failures: 50 }), said('failed'), at)!.page.state
    expect(late(DAY - s(300))).toBe('due')
    expect(late(DAY - s(300) + 1)).toBe('failed')
  })
  test('of a page that was stopped meanwhile is kept when it left after all', () => {
    expect(settle(row({ state: 'stopped' }), said('accepted'), 1)).toMatchObject({ page: { state: 'accepted' } })
    expect(settle(row({ state: 'stopped' }), said('failed'), 1)).toBeNull()
  })
  test.each(['due', 'accepted', 'delivered', 'seen', 'failed'] as const)('changes nothing when %s', (state) => {
    expect(settle(row({ state }), said('accepted'), 1)).toBeNull()
  })
})

test('an attempt without a receipt is sent again at once and says that it may be the second; nothing else is', () => {
  expect(orphaned(sending(), 7)).toEqual({ page: sending({ state: 'due', dueAt: 7, possiblyTwice: true }), receipt: null })
  for (const state of states.filter((x) => x !== 'sending')) expect(orphaned(row({ state }), 7)).toBeNull()
})

test('stopping keeps back what has not left, and nothing else', () => {
  for (const state of ['due', 'sending'] as const) expect(stop(row({ state }))).toMatchObject({ page: { state: 'stopped', dueAt: null } })
  for (const state of ['accepted', 'delivered', 'seen', 'stopped', 'failed'] as const) expect(stop(row({ state }))).toBeNull()
})

test.each<['delivered' | 'seen', PageState[]]>([
  ['delivered', ['sending', 'accepted']],
  ['seen', ['sending', 'accepted', 'delivered', 'stopped']],
])('%s is believed only forwards', (state, from) => {
  expect(states.filter((before) => report(row({ state: before }), state, 1))).toEqual(from)
  expect(report(row({ state: from[0]! }), state, 1)).toMatchObject({ page: { state, dueAt: null }, receipt: { state, at: 1 } })
})

test('a contact is failing from the second failure on, until something is accepted', () => {
  expect(isFailing(row({ failures: 1 }))).toBe(false)
  expect(isFailing(row({ failures: 2 }))).toBe(true)
  expect(isFailing(sending({ failures: 2 }))).toBe(true)
  expect(isFailing(row({ state: 'accepted', failures: 2 }))).toBe(false)
  expect(isFailing(row({ state: 'stopped', failures: 2 }))).toBe(false)
  expect(isFailing(row({ state: 'failed', failures: 1 }))).toBe(true)
})

test('somebody may be reached by what left or may still leave', () => {
  expect(states.filter((state) => mayReach(row({ state })))).toEqual(['due', 'sending', 'accepted', 'delivered', 'seen'])
  expect(mayReach(row({ failures: 2 }))).toBe(false)
})

test('unsent is what should have left and waits through no fault of its contact', () => {
  expect(states.filter((state) => isUnsent(row({ state }), 1))).toEqual(['due', 'sending'])
  expect(isUnsent(row({ fault: 'ours' }), 1)).toBe(true)
  expect(isUnsent(row({ fault: 'theirs' }), 1)).toBe(false)
})

test('what waits for a wish or for its group is not late before that is over', () => {
  const held = hold(row({}), s(60), 'because', 0).page
  expect([isUnsent(held, s(60)), isUnsent(held, s(60) + 1)]).toEqual([false, true])
  expect(isUnsent({ ...held, failures: 1 }, s(1))).toBe(true)
})

test('refused for good is not tried again', () => {
  expect(settle(sending(), said('failed', { fault: 'theirs', forGood: true }), 1)).toMatchObject({ page: { state: 'failed', dueAt: null } })
})

test('a wish for later is due then, and counts as waiting, not as failing', () => {
  const later = queue(fresh(), s(3), s(60)).page
  expect(later).toMatchObject({ createdAt: s(3), dueAt: s(63) })
  expect(begin(later, s(62))).toBeNull()
  expect(mayReach(later)).toBe(true)
})

describe('held back', () => {
  test('says why once, waits, and leaves with its leader’s name', () => {
    const first = hold(row({}), s(60), 'because', s(1))
    expect(first).toMatchObject({ page: { state: 'due', dueAt: s(60), held: 'because' }, receipt: { state: 'queued', detail: 'because' } })
    expect(hold(first.page, s(90), 'because', s(60))).toMatchObject({ page: { dueAt: s(90) }, receipt: null })
    expect(begin(first.page, s(60), 'leader')).toMatchObject({ page: { state: 'sending', held: null, with: 'leader' } })
  })
})

describe('what the provider tells later', () => {
  const lost = { providerId: 'SM1', detail: 'no answer', forGood: false }
  test('undelivered is tried three times in all, then the contact has failed', () => {
    const one = undelivered(row({ state: 'accepted' }), lost, true, s(1))!
    expect(one).toMatchObject({
      page: { state: 'due', failures: 1, dueAt: s(6) },
      receipt: { state: 'failed', detail: 'no answer', providerId: 'SM1' },
    })
    const two = undelivered(row({ state: 'accepted', failures: 1 }), lost, true, s(1))!
    expect(two.page.state).toBe('due')
    expect(isFailing(two.page)).toBe(true)
    expect(undelivered(row({ state: 'accepted', failures: 2 }), lost, true, s(1))!.page.state).toBe('failed')
  })
  test('it is not tried again when nobody wants it any more, or the number is dead', () => {
    expect(undelivered(row({ state: 'accepted' }), lost, false, 1)!.page.state).toBe('failed')
    expect(undelivered(row({ state: 'accepted' }), { ...lost, forGood: true }, true, 1)!.page.state).toBe('failed')
  })
  test('it is not believed of what was delivered, seen or never left', () => {
    for (const state of ['due', 'delivered', 'seen', 'stopped', 'failed'] as const)
      expect(undelivered(row({ state }), lost, true, 1)).toBeNull()
  })
  test('taking the incident by it is told in its receipt', () => {
    expect(report(row({ state: 'accepted' }), 'acknowledged', 5)).toMatchObject({
      page: { state: 'seen' },
      receipt: { state: 'acknowledged', at: 5 },
    })
    expect(report(row({ state: 'due' }), 'acknowledged', 5)).toBeNull()
  })
})

test('a notice decides nothing', () => {
  expect(mayReach(row({ kind: 'notice' }))).toBe(false)
})

test('a page that the first version stored goes on', () => {
  const { kind, notice, replaces, held, with: told, critical, wantedAt, v, ...rest } = row({ createdAt: s(9) })
  expect(pageRowOf({ ...rest, v: 1, rank: 0 } as never)).toEqual(row({ createdAt: s(9), wantedAt: s(9), critical: true }))
  expect([kind, notice, replaces, held, told, critical, wantedAt, v]).toEqual(['page', null, null, null, null, true, 0, 2])
})
