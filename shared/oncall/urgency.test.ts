import { expect, test } from 'vitest'
import { seeded, type Urgency, urgencyOf } from './urgency.ts'

const team: Urgency[] = [
  ...seeded.map((u) => ({ ...u, id: `id-${u.key}` })),
  { id: 'loud', key: null, name: 'Loud', channels: ['voice'], critical: true },
]

test.each([
  ['high', 'sev2', 'SEV2'],
  ['low', 'sev1', 'SEV4'],
  ['sev1', 'sev4', 'SEV1'],
  ['loud', 'sev4', 'Loud'],
  ['deleted-one', 'sev3', 'SEV3'],
] as const)('an urgency asked for as %s at %s is %s', (asked, severity, name) => {
  expect(urgencyOf(asked, severity, team).name).toBe(name)
})

test('a team whose urgencies were never read has the four that every team begins with', () => {
  expect(urgencyOf('high', 'sev1', [])).toMatchObject({ name: 'SEV1', critical: true })
})
