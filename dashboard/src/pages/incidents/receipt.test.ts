import { expect, test } from 'vitest'
import type { IncidentPage, PageState } from '../../wire.ts'
import { byContact, standing, ticks } from './receipt.ts'

const page = (states: PageState[], more: Partial<IncidentPage> = {}): IncidentPage => ({
  id: 'p1',
  step: 1,
  channel: 'email',
  contact: 'ines@kestrel.example',
  user_id: 'ines',
  receipts: states.map((state, i) => ({
    at: `2026-11-23T13:14:0${i}Z`,
    state,
    provider_id: null,
    detail: state === 'failed' ? 'mailbox full' : null,
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
const labels = (...of: Parameters<typeof ticks>) => ticks(...of).map((t) => t.label)

test('an e-mail has two ticks: sent and taken', () => {
  expect(ticks(page(['queued', 'sent', 'accepted']), hers)).toEqual([
    { label: 'Sent', at: '2026-11-23T13:14:02Z' },
    { label: 'Taken', at: '2026-11-23T13:15:53Z' },
  ])
})

test('what a provider reports on top is shown, what an e-mail cannot tell is not missing', () => {
  expect(labels(page(['accepted', 'delivered']), open)).toEqual(['Sent', 'Delivered', 'Not taken'])
  expect(labels(page(['accepted']), open)).toEqual(['Sent', 'Not taken'])
})

test('a push shows all four, the missing ones with their reason', () => {
  expect(ticks(page(['accepted'], { channel: 'push' }), open).slice(1, 3)).toEqual([
    { label: 'Not delivered', at: null, why: 'not reported yet' },
    { label: 'Not seen', at: null, why: 'not reported yet' },
  ])
})

test('a failure says its reason, and is over once a later try was accepted', () => {
  expect(ticks(page(['sent', 'failed']), open)[0]).toMatchObject({ label: 'Sent' })
  expect(ticks(page(['queued', 'failed']), open)[0]).toEqual({ label: 'Not sent', at: null, why: 'mailbox full' })
  expect(labels(page(['failed', 'accepted']), open)[0]).toBe('Sent')
})

test('somebody else having it is said at the page of everybody else', () => {
  expect(ticks(page(['accepted']), his).at(-1)).toEqual({ label: 'Not taken', at: null, why: 'Theo Lindgren has it' })
})

test('a webhook cannot take an incident', () => {
  expect(labels(page(['accepted'], { channel: 'webhook', user_id: null }), open)).toEqual(['Sent'])
})

test('where a person stands', () => {
  expect(standing(page(['accepted']), hers)).toBe('has-it')
  expect(standing(page(['accepted']), open)).toBe('paging')
  expect(standing(page(['queued']), open)).toBe('queued')
  expect(standing(page(['failed']), open)).toBe('trying-again')
  expect(standing(page(['failed']), his)).toBe('not-reached')
  expect(standing(page(['accepted']), his)).toBe('told')
})

test('a second round of pages is one row per person, the newest page speaking', () => {
  const again = { ...page(['queued']), id: 'p2' }
  expect(byContact([page(['accepted']), again, { ...page([]), id: 'p3', user_id: 'theo' }])).toEqual([
    { page: again, times: 2 },
    { page: { ...page([]), id: 'p3', user_id: 'theo' }, times: 1 },
  ])
})
