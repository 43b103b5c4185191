import { expect, test } from 'vitest'
import type { PageBody } from '../../../../shared/incidents/schema.ts'
import { byContact, standing, ticks } from './receipt.ts'

type State = PageBody['receipts'][number]['state']
const page = (state: PageBody['state'], told: State[], more: Partial<PageBody> = {}): PageBody => ({
  id: 'p1',
  step: 1,
  channel: 'email',
  contact: 'ines@kestrel.example',
  user_id: 'ines',
  user_name: 'Ines Okafor',
  state,
  attempt: 1,
  next_try_at: null,
  possibly_twice: false,
  kind: 'page',
  critical: true,
  held: null,
  told_with: null,
  replaces: null,
  signed: 'a.b.c',
  receipts: told.map((s, i) => ({
    at: `2026-11-23T13:14:0${i}Z`,
    state: s,
    provider_id: null,
    detail: s === 'failed' ? 'mailbox full' : null,
    possibly_twice: false,
  })),
  ...more,
})
const open = { status: 'OPEN', acknowledged_at: null, acknowledged_by: null } as const
const hers = {
  status: 'ACKNOWLEDGED',
  acknowledged_at: '2026-11-23T13:15:53Z',
  acknowledged_by: { type: 'user', id: 'ines', name: 'Ines Okafor' },
} as const
const his = { ...hers, acknowledged_by: { type: 'user', id: 'theo', name: 'Theo Lindgren' } } as const
const words = (...of: Parameters<typeof ticks>) => ticks(...of).map((t) => t.word)

test('an e-mail has two ticks: sent, when the provider took it, and taken', () => {
  expect(ticks(page('accepted', ['queued', 'sent', 'accepted']), hers)).toEqual([
    { word: 'Sent', at: '2026-11-23T13:14:02Z' },
    { word: 'Taken', at: '2026-11-23T13:15:53Z' },
  ])
})

test('what a provider reports on top is shown, what an e-mail cannot tell is not missing', () => {
  expect(words(page('delivered', ['accepted', 'delivered']), open)).toEqual(['Sent', 'Delivered', 'Not taken'])
  expect(words(page('accepted', ['accepted']), open)).toEqual(['Sent', 'Not taken'])
})

test('an attempt is not a tick: without the provider’s answer it is not sent, and says why', () => {
  const why = (p: PageBody) => ticks(p, open)[0]
  expect(why(page('due', ['queued']))).toEqual({ word: 'Not sent', at: null, why: 'on its way' })
  expect(why(page('sending', ['queued', 'sent']))).toEqual({ word: 'Not sent', at: null, why: 'being sent' })
  expect(why(page('due', ['queued', 'sent', 'failed']))).toEqual({ word: 'Not sent', at: null, why: 'mailbox full' })
  expect(why(page('stopped', ['queued']))).toEqual({ word: 'Not sent', at: null, why: 'not needed any more' })
})

test('a failure is over once a later try was accepted', () => {
  expect(words(page('accepted', ['failed', 'accepted']), open)[0]).toBe('Sent')
})

test('somebody else having it is said at the page of everybody else', () => {
  expect(ticks(page('accepted', ['accepted']), his).at(-1)).toEqual({ word: 'Not taken', at: null, why: 'Theo Lindgren has it' })
  expect(ticks(page('accepted', ['accepted']), { ...open, status: 'RESOLVED' }).at(-1)?.why).toBe('it resolved before')
})

test('a webhook cannot take an incident', () => {
  expect(words(page('accepted', ['accepted'], { channel: 'webhook', user_id: null }), open)).toEqual(['Sent'])
})

test('where a person stands', () => {
  expect(standing(page('accepted', ['accepted']), hers)).toBe('has it')
  expect(standing(page('accepted', ['accepted']), open)).toBe('paging')
  expect(standing(page('due', ['queued']), open)).toBe('being sent')
  expect(standing(page('due', ['failed']), open)).toBe('trying again')
  expect(standing(page('failed', ['failed']), open)).toBe('not reached')
  expect(standing(page('stopped', ['queued']), his)).toBe('not needed')
  expect(standing(page('accepted', ['accepted']), his)).toBe('told')
  expect(standing(page('accepted', ['accepted'], { channel: 'webhook', user_id: null }), open)).toBe('told')
})

test('a second round of pages is one row per person, the newest page speaking', () => {
  const [first, theo, again] = [
    page('accepted', ['accepted']),
    page('due', [], { id: 'p3', user_id: 'theo' }),
    page('due', ['queued'], { id: 'p2' }),
  ]
  expect(byContact([first, theo, again])).toEqual([
    { page: again, pages: [first, again] },
    { page: theo, pages: [theo] },
  ])
})

test('a page that has minutes to wait says so and not that it is being sent', () => {
  const later = page('due', ['queued'], { next_try_at: '2026-11-23T13:16:00Z' })
  expect(standing(later, open)).toBe('waiting')
  expect(ticks(later, open)[0]).toMatchObject({ word: 'Not sent', why: 'waits for its minutes' })
  expect(ticks(page('due', ['queued'], { held: 'Waits: …' }), open)[0]).toMatchObject({ why: 'waits for its group' })
})
