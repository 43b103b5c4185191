import { expect, test } from 'vitest'
import { movedTo, proposals } from './cover.ts'
import type { ScheduleDefinition } from './definition.ts'

const t = (text: string) => Date.parse(text)
const at = t('2026-03-10T12:00:00Z')
const schedule = (participants: string[], more: Partial<ScheduleDefinition> = {}, start = '2026-03-02T09:00:00Z'): ScheduleDefinition => ({
  v: 1,
  id: 's',
  name: 'S',
  overrides: [],
  versions: [
    {
      from: 0,
      zone: 'UTC',
      layers: [
        {
          id: 'l', name: 'L', calendar: null, restrictions: [],
          rotation: { type: 'weekly', interval: 1, hours: null, split: null, start: t(start), end: null, participants, turn: 0 },
        }, // biome-ignore format: a row
      ],
    },
  ],
  ...more,
})
const someone = (user: string, zone = 'UTC', unavailable: { from: number; until: number }[] = []) => ({ user, zone, unavailable })
const wanted = { from: t('2026-03-12T10:00:00Z'), until: t('2026-03-12T14:00:00Z') }
const order = (...args: Parameters<typeof proposals>) => proposals(...args).map((p) => [p.user, p.conflict])

test('whoever carried least is asked first', () => {
  // theo had the week before last, ines none
  expect(order([schedule(['theo', 'noor'])], [someone('theo'), someone('ines')], wanted, at)).toEqual([
    ['ines', null],
    ['theo', null],
  ])
})

test('somebody who is on call then, or away, comes last', () => {
  const away = [{ from: t('2026-03-12T08:00:00Z'), until: t('2026-03-12T12:00:00Z') }]
  expect(order([schedule(['theo', 'noor'])], [someone('noor'), someone('mei', 'UTC', away), someone('theo')], wanted, at)).toEqual([
    ['theo', null],
    ['mei', 'unavailable'],
    ['noor', 'on-call'],
  ])
})

test('another shift on the same day counts against, before it and after', () => {
  const other = schedule(['clara'], {}, '2026-03-12T16:00:00Z')
  expect(order([other], [someone('clara'), someone('theo')], wanted, at)).toEqual([
    ['theo', null],
    ['clara', 'same-day'],
  ])
})

test('it is asked of those for whom it is day', () => {
  const [first, second] = proposals([], [someone('mei', 'America/Los_Angeles'), someone('ines', 'Europe/Paris')], wanted, at)
  expect([first!.user, first!.nightSeconds]).toEqual(['ines', 0])
  expect([second!.user, second!.nightSeconds]).toEqual(['mei', 3 * 3600])
})

test('whoever has just come off a shift rests, when all else is alike', () => {
  const ended = schedule(['theo'], {}, '2026-03-02T09:00:00Z')
  const version = ended.versions[0]!
  const day = {
    ...ended,
    versions: [
      { ...version, layers: [{ ...version.layers[0]!, rotation: { ...version.layers[0]!.rotation, end: t('2026-03-02T10:00:00Z') } }] },
    ],
  }
  const again = { ...day, versions: [{ ...day.versions[0]!, layers: [{ ...day.versions[0]!.layers[0]!, rotation: { ...day.versions[0]!.layers[0]!.rotation, participants: ['mei'], start: t('2026-03-10T10:00:00Z'), end: t('2026-03-10T11:00:00Z') } }] }] } // biome-ignore format: a schedule
  expect(order([day, again], [someone('mei'), someone('theo')], wanted, at)).toEqual([
    ['theo', null],
    ['mei', null],
  ])
})

const shift = { from: t('2026-03-16T09:00:00Z'), until: t('2026-03-23T09:00:00Z') }
const later = schedule(['theo', 'noor'], {}, '2026-03-02T11:00:00Z')

test('a cover of a whole shift moves with it', () => {
  const moved = movedTo(later, { user: 'theo', layer: 'l', shift, ...shift }, at)
  expect(moved).toEqual({
    shift: { from: t('2026-03-16T11:00:00Z'), until: t('2026-03-23T11:00:00Z') },
    from: t('2026-03-16T11:00:00Z'),
    until: t('2026-03-23T11:00:00Z'),
  })
})

test('a part that still lies in the shift stays where it is; what no longer does is cut', () => {
  const part = { from: t('2026-03-18T09:00:00Z'), until: t('2026-03-18T12:00:00Z') }
  expect(movedTo(later, { user: 'theo', layer: 'l', shift, ...part }, at)).toMatchObject(part)
  const first = { from: shift.from, until: t('2026-03-16T15:00:00Z') }
  expect(movedTo(later, { user: 'theo', layer: 'l', shift, ...first }, at)).toMatchObject({
    from: t('2026-03-16T11:00:00Z'),
    until: first.until,
  })
})

test('a shift that is gone takes its cover along', () => {
  expect(movedTo(schedule(['noor']), { user: 'theo', layer: 'l', shift, ...shift }, at)).toBeNull()
})
