import { expect, test } from 'vitest'
import { teamCopyOf } from './notification-copy.ts'

const steps = [{ wait_before: 0, urgency: 'high', targets: [{ type: 'user', id: 'ines' }] }]
const ines = { id: 'ines', name: 'Ines', zone: 'UTC', contacts: [{ channel: 'email', contact: 'ines@example.com' }] }

test('a copy that the first version stored pages on until D1 is read again', () => {
  const stored = {
    v: 1,
    at: 1,
    name: 'Kestrel',
    policies: [{ id: 'p', name: 'P', repeat_count: 0, steps, isDefault: true }],
    people: [ines],
    endpoints: [],
  }
  expect(teamCopyOf(stored as never)).toMatchObject({
    v: 2,
    name: 'Kestrel',
    people: [ines],
    policies: [{ id: 'p', isDefault: true, timezone: 'UTC', final_team_after: null, steps: [{ assign: 'all', when: null }] }],
    urgencies: [],
    schedules: [],
  })
})
