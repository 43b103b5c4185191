import { expect, test } from 'vitest'
import { affectedWords, nextStep, saidFirst, statusWord } from './report-words.ts'

test('the step after the last one is offered; the end stays the end', () => {
  expect(nextStep('incident', 'investigating')).toBe('identified')
  expect(nextStep('incident', 'resolved')).toBe('resolved')
  expect(nextStep('maintenance', 'in_progress')).toBe('verifying')
})

test('what is affected, in a sentence', () => {
  expect(affectedWords([])).toBe('')
  expect(affectedWords([{ name: 'Checkout', status: 'degraded' }])).toBe('Checkout is degraded')
  expect(
    affectedWords([
      { name: 'A', status: 'downtime' },
      { name: 'B', status: 'maintenance' },
      { name: 'C', status: 'operational' },
    ]),
  ).toBe('A is down, B is in maintenance and C is up')
})

test('a component that is measured down is said to be down, in maintenance it is in maintenance', () => {
  expect([saidFirst('incident', 'downtime'), saidFirst('incident', 'operational'), saidFirst('maintenance', 'downtime')]).toEqual([
    'downtime',
    'degraded',
    'maintenance',
  ])
})

test('statuses have words', () => expect([statusWord('in_progress'), statusWord('identified')]).toEqual(['In progress', 'Identified']))
