import { expect, test } from 'vitest'
import { conditionWords, daysWords, unusual } from './rung-words.ts'

test.each([
  [['mon', 'tue', 'wed', 'thu', 'fri'], 'Mon to Fri'],
  [['sun', 'sat'], 'Sat, Sun'],
  [['mon', 'wed'], 'Mon, Wed'],
  [['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], 'every day'],
  [['tue'], 'Tue'],
])('%j is %s', (days, words) => expect(daysWords(days)).toBe(words))

const when = {
  severities: ['sev1' as const],
  services: null,
  hours: [{ days: ['sat' as const, 'sun' as const], from: '22:00', to: '07:00' }],
  otherwise: false,
}

test('a condition in words', () => {
  expect(conditionWords(when)).toBe('only SEV1, Sat, Sun 22:00 to 07:00')
  expect(conditionWords({ ...when, hours: null, otherwise: true })).toBe('not SEV1')
})

test('a step says what of it is unusual, and nothing when all is as usual', () => {
  const rung = { key: 's0', wait: '0', urgency: 'high', targets: [], assign: 'all' as const, again: 0, every: '60', when: null }
  expect(unusual(rung, (id) => id)).toBe('')
  expect(unusual({ ...rung, urgency: 'low', assign: 'round_robin', again: 2, when }, (id) => id)).toBe(
    'urgency low; one after another; again 2 times every 60 s; only SEV1, Sat, Sun 22:00 to 07:00',
  )
})
