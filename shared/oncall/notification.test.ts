import { expect, test } from 'vitest'
import type { Contact, Person } from './escalation.ts'
import { inQuietHours, type Plan, planFor } from './notification.ts'
import type { Urgency } from './urgency.ts'

const contact = (id: string, channel: Contact['channel']): Contact => ({ id, channel, contact: id })
const all = [contact('mail', 'email'), contact('mail2', 'email'), contact('phone', 'sms'), contact('ring', 'voice'), contact('app', 'push')]
const person = (more: Partial<Person> = {}): Person => ({ id: 'ines', name: 'Ines', zone: 'Europe/Paris', contacts: all, ...more })
const urgency = (more: Partial<Urgency> = {}): Urgency => ({
  id: 'u',
  key: 'sev3',
  name: 'SEV3',
  channels: ['push', 'sms', 'email'],
  critical: false,
  ...more,
})
const night = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as never, from: '22:00', to: '07:00' }]
const at = (hour: number) => Date.UTC(2026, 10, 23, hour)
const told = ({ pages }: Plan) => pages.map((p) => [p.contact.id, p.after / 1000])

test('without wishes one contact of each of the urgency’s channels is paged at once, the others are spare', () => {
  const plan = planFor(person(), urgency(), at(12))
  expect(told(plan)).toEqual([
    ['app', 0],
    ['phone', 0],
    ['mail', 0],
  ])
  expect(plan.spare.map((c) => c.id)).toEqual(['mail2', 'ring'])
})

test('somebody with none of the urgency’s channels is paged all the same', () => {
  expect(told(planFor(person({ contacts: [contact('ring', 'voice')] }), urgency(), at(12)))).toEqual([['ring', 0]])
})

test('wishes decide, in the order of their times; those of other urgencies and of deleted contacts do not', () => {
  const rules = [
    { urgency: 'u', contact: 'ring', after: 300 },
    { urgency: 'u', contact: 'mail2', after: 0 },
    { urgency: 'u', contact: 'deleted', after: 0 },
    { urgency: 'other', contact: 'phone', after: 0 },
  ]
  expect(told(planFor(person({ rules }), urgency(), at(12)))).toEqual([
    ['mail2', 0],
    ['ring', 300],
  ])
})

test('wishes that name only deleted contacts are none', () => {
  expect(told(planFor(person({ rules: [{ urgency: 'u', contact: 'deleted', after: 0 }] }), urgency(), at(12)))[0]).toEqual(['app', 0])
})

test('in quiet hours only what wakes nobody is used', () => {
  const plan = planFor(person({ quiet: night }), urgency(), at(23))
  expect(told(plan)).toEqual([['mail', 0]])
  expect(plan).toMatchObject({ quiet: true })
})

test('quiet hours never silence what is critical', () => {
  const plan = planFor(person({ quiet: night }), urgency({ critical: true }), at(23))
  expect(told(plan).map(([id]) => id)).toEqual(['app', 'phone', 'mail'])
  expect(plan.quiet).toBe(false)
})

test('quiet hours never swallow a page: with nothing silent it rings', () => {
  const plan = planFor(person({ quiet: night, contacts: [contact('phone', 'sms')] }), urgency(), at(23))
  expect(told(plan)).toEqual([['phone', 0]])
  expect(plan.quiet).toBe(false)
})

test('in quiet hours a wish without mail becomes mail at once', () => {
  const rules = [{ urgency: 'u', contact: 'ring', after: 60 }]
  expect(told(planFor(person({ quiet: night, rules }), urgency(), at(23)))).toEqual([['mail', 0]])
})

test.each([
  [20, false],
  [21, true],
  [5, true],
  [6, false],
])('22:00 to 07:00 in Paris: at %d:00 UTC quiet is %s', (hour, quiet) => {
  expect(inQuietHours(person({ quiet: night }), at(hour))).toBe(quiet)
})
