import { expect, test } from 'vitest'
import type { TimelineBody } from '../../../../shared/incidents/schema.ts'
import { eventTypes } from '../../../../shared/incidents/timeline.ts'
import { tell } from './tell.ts'

const names = { person: (id: string) => ({ ines: 'Ines Okafor', theo: 'Theo Lindgren' })[id] ?? 'Somebody who left', policy: 'Payments' }
const ines = { type: 'user', id: 'ines', name: '' } as const
const monitor = { type: 'monitor', id: 'm', name: 'Checkout API' } as const
const event = (type: TimelineBody['type'], data: Record<string, unknown>, actor: TimelineBody['actor'] = monitor): TimelineBody => ({
  id: 'e',
  at: '2026-11-23T13:14:00Z',
  type,
  actor,
  data,
})
const say = (...of: Parameters<typeof event>) => {
  const { bold, rest, note } = tell(event(...of), names)
  return [`${bold}${rest?.startsWith(',') ? '' : ' '}${rest ?? ''}`.trim(), note].filter(Boolean).join(' | ')
}
const paged = { page_id: 'p', step: 2, round: 1, channel: 'email', contact: 'theo@kestrel.example', user_id: 'theo', reason: 'step' }
const hook = { ...paged, channel: 'webhook', contact: 'https://hooks.kestrel.example/tocsin', user_id: null }

test('a verdict opens an incident, with its reasons', () => {
  expect(say('opened', { what: '503 from 3 of 4 regions', started_at: '', why: ['eu: 503', '3 of 4 failed, quorum 3'], votes: [] })).toBe(
    'Incident opened. eu: 503. 3 of 4 failed, quorum 3.',
  )
  expect(say('declared', { notify: true }, ines)).toBe('Declared by Ines Okafor.')
})

test('what regions say is one line; a wait of nothing is not worth a sentence', () => {
  expect(say('resolved', { reason: 'recovered', why: ['us: 200', 'eu: 200', '0 of 4 failed, quorum 3', 'up: answering for 0 s'] })).toBe(
    'Recovered, resolved by itself. us: 200, eu: 200. 0 of 4 failed, quorum 3.',
  )
  expect(say('opened', { what: '503 from 3 of 4 regions', why: ['down: failing for 30 s'] })).toBe(
    'Incident opened. down: failing for 30 s.',
  )
})

test('a page says whom, which step, which round, or why it was out of turn', () => {
  expect(say('paged', paged)).toBe('Paged Theo Lindgren, step 2 of Payments.')
  expect(say('paged', { ...paged, round: 2 })).toBe('Paged Theo Lindgren, step 2 of Payments, round 2.')
  expect(say('paged', { ...paged, reason: 'last-resort' })).toBe('Paged Theo Lindgren because nobody of the policy was reached.')
  expect(say('paged', hook)).toBe('Paged hooks.kestrel.example/tocsin, step 2 of Payments.')
})

test('what became of a page', () => {
  expect(say('page-accepted', { ...paged, attempt: 1, possibly_twice: false })).toBe('E-mail to Theo Lindgren left')
  expect(say('page-accepted', { ...paged, attempt: 3, possibly_twice: true })).toBe(
    'E-mail to Theo Lindgren left at try 3, it may have arrived twice.',
  )
  expect(say('page-failed', { ...hook, attempt: 2, detail: '500', gave_up: false })).toBe(
    'Webhook hooks.kestrel.example/tocsin failed. 500. Tried again.',
  )
  expect(say('page-failed', { ...paged, attempt: 9, detail: null, gave_up: true })).toBe(
    'E-mail to Theo Lindgren failed. Not tried any more.',
  )
})

test('who acknowledged, and where', () => {
  expect(say('acknowledged', { via: 'link', channel: 'email' }, ines)).toBe(
    'Acknowledged by Ines Okafor from the link in the e-mail. Escalation stopped.',
  )
  expect(say('acknowledged', { via: 'app', channel: null }, { type: 'key', id: 'k', name: 'Deploy script' })).toBe(
    'Acknowledged by Deploy script in the dashboard. Escalation stopped.',
  )
})

test('how it ended', () => {
  expect(say('resolved', { reason: 'recovered', why: ['4 of 4 answer'] })).toBe('Recovered, resolved by itself. 4 of 4 answer.')
  expect(say('resolved', { reason: 'by-hand', why: [] }, ines)).toBe('Resolved by Ines Okafor.')
})

test('a note is its author’s own text', () => {
  expect(say('note', { text: 'Rolling back.' }, ines)).toBe('Ines Okafor | Rolling back.')
})

test('every kind of event has a sentence, whatever its data lacks', () => {
  for (const type of Object.keys(eventTypes) as TimelineBody['type'][]) {
    const told = tell(event(type, {}), names)
    expect(told.bold.trim(), type).not.toBe('')
    expect(`${told.bold} ${told.rest ?? ''}`, type).not.toMatch(/undefined|null|NaN|\.\./)
  }
})
