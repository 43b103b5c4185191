import { expect, test } from 'vitest'
import { Escalates } from './schema.ts'
import { escalatesOf } from './stored.ts'

const hours = [{ days: ['mon', 'fri'], from: '22:00', to: '06:00' }]
const step = { wait_before: 60, urgency: 'high', targets: [{ type: 'user', id: 'u' }] }

test.each([
  ['the first version', { steps: [step] }],
  ['a round robin that repeats', { steps: [{ ...step, assign: 'round_robin', repeat_count: 2, repeat_every: 30 }, step] }],
  ['a condition of one attribute', { steps: [{ ...step, when: { severities: ['sev1'] } }] }],
  ['a branch', { steps: [{ ...step, when: { hours, services: ['s'], otherwise: true } }] }],
  ['its own ends', { steps: [], timezone: 'Europe/Paris', final_team_after: 600, acknowledgement_timeout: 3600 }],
  ['a row with more columns', { steps: [{ ...step, colour: 'red' }], team: 't', is_default: true }],
])('%s is read as the schema reads it', (_, more) => {
  const stored = { id: 'p', name: 'P', repeat_count: 1, ...more }
  expect(escalatesOf(stored)).toEqual(Escalates.parse(stored))
})
