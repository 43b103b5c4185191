import { expect, test } from 'vitest'
import type { Layer, Override, ScheduleDefinition } from './definition.ts'
import { nextHandoff } from './next-handoff.ts'
import type { Restriction } from './restrictions.ts'
import type { Rotation } from './rotation.ts'

const t = (text: string) => Date.parse(text)
const layer = (participants: string[], more: Partial<Rotation> = {}, restrictions: Restriction[] = []): Layer => ({
  id: participants.join(),
  name: 'L',
  calendar: null,
  restrictions,
  rotation: { type: 'weekly', interval: 1, hours: null, split: null, start: t('2026-01-05T09:00:00Z'), end: null, participants, turn: 0, ...more },
}) // biome-ignore format: a row
const def = (layers: Layer[], more: Partial<ScheduleDefinition> = {}): ScheduleDefinition => ({
  v: 1,
  id: 's',
  name: 'S',
  versions: [{ from: 0, zone: 'Europe/Paris', layers }],
  overrides: [],
  ...more,
})
const override = (user: string, from: string, until: string): Override => ({
  id: from, user, from: t(from), until: t(until), replaces: null, layer: null, reason: 'override',
}) // biome-ignore format: a row
const at = t('2026-02-04T12:00:00Z')
const office: Restriction[] = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }]
const sundays: Restriction[] = [{ days: ['sun'], from: '02:10', to: '02:50' }]

test.each<[string, ScheduleDefinition, [string, string | null, string | null] | null]>([
  ['a weekly turn', def([layer(['ines', 'theo'])]), ['2026-02-09T09:00:00Z', 'ines', 'theo']],
  ['a rotation of a year', def([layer(['ines', 'theo'], { type: 'monthly', interval: 12 })]), ['2027-01-05T09:00:00Z', 'ines', 'theo']],
  ['52 months each, for three', def([layer(['ines', 'theo', 'noor'], { type: 'monthly', interval: 52 })]), ['2030-05-05T08:00:00Z', 'ines', 'theo']], // biome-ignore format: a row
  ['one person for ever', def([layer(['ines'])]), null],
  ['nobody at all', def([layer([])]), null],
  [
    'one person, until the rotation ends',
    def([layer(['ines'], { end: t('2031-01-01T00:00:00Z') })]),
    ['2031-01-01T00:00:00Z', 'ines', null],
  ],
  ['a rotation that begins in years', def([layer(['ines'], { start: t('2033-01-01T00:00:00Z') })]), ['2033-01-01T00:00:00Z', null, 'ines']],
  ['office hours', def([layer(['ines'], {}, office)]), ['2026-02-04T16:00:00Z', 'ines', null]],
  ['windows of one person that make up the whole week', def([layer(['ines'], {}, [{ ...office[0]!, days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '12:00' }, { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '12:00', to: '00:00' }])]), null], // biome-ignore format: a row
  ['a window over the same person, whose other turn is next year', def([layer(['ines']), layer(['ines', 'theo'], { type: 'monthly', interval: 12 }, sundays)]), ['2027-01-10T01:10:00Z', 'ines', 'theo']], // biome-ignore format: a row
  ['the same person over others over themselves', def([layer(['ines']), layer(['theo'], {}, [{ ...office[0]!, to: '18:00' }]), layer(['ines'], {}, office)]), ['2026-02-04T16:00:00Z', 'ines', 'theo']], // biome-ignore format: a row
  ['an override a year ahead', def([layer(['ines'])], { overrides: [override('noor', '2027-03-01T00:00:00Z', '2027-03-02T00:00:00Z')] }), ['2027-03-01T00:00:00Z', 'ines', 'noor']], // biome-ignore format: a row
  ['an override by the same person is no handoff', def([layer(['ines', 'theo'])], { overrides: [override('ines', '2026-02-05T00:00:00Z', '2026-02-06T00:00:00Z')] }), ['2026-02-09T09:00:00Z', 'ines', 'theo']], // biome-ignore format: a row
  ['a version saved for later', def([layer(['ines'])], { versions: [{ from: 0, zone: 'UTC', layers: [layer(['ines'])] }, { from: t('2029-01-01T00:00:00Z'), zone: 'UTC', layers: [layer(['theo'])] }] }), ['2029-01-01T00:00:00Z', 'ines', 'theo']], // biome-ignore format: a row
  ['an imported calendar', def([{ ...layer([]), calendar: 'c', events: [{ user: 'theo', from: t('2026-09-01T00:00:00Z'), until: t('2026-09-02T00:00:00Z') }] }]), ['2026-09-01T00:00:00Z', null, 'theo']], // biome-ignore format: a row
])('%s', (_, schedule, expected) => {
  const [when, from, to] = expected ?? []
  expect(nextHandoff(schedule, at)).toEqual(expected && { at: t(when!), from, to })
})

test('a schedule on which nothing ever changes is known at once, or not followed for ever', () => {
  const alone = def([layer(['theo'], {}, office), layer(['ines']), layer(['ines'], {}, office)])
  let began = performance.now()
  for (let i = 0; i < 1000; i++) expect(nextHandoff(alone, at)).toBeNull()
  expect(performance.now() - began).toBeLessThan(1000)
  began = performance.now()
  const far = override('ines', '2099-01-01T00:00:00Z', '2099-01-02T00:00:00Z')
  expect(nextHandoff({ ...alone, overrides: [far] }, at)).toBeNull()
  expect(performance.now() - began).toBeLessThan(2000)
})

test('while an override of one layer runs, the windows of that layer count though the same person is beneath', () => {
  const one = { ...override('noor', '2026-02-04T10:00:00Z', '2026-02-06T00:00:00Z'), replaces: 'ines', layer: 'office' }
  const schedule = def([layer(['ines']), { ...layer(['ines'], {}, office), id: 'office' }], { overrides: [one] })
  expect(nextHandoff(schedule, at)).toEqual({ at: t('2026-02-04T16:00:00Z'), from: 'noor', to: 'ines' })
})
