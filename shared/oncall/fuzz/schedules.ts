import fc from 'fast-check'
import type { Layer, Override, ScheduleDefinition, Version } from '../definition.ts'
import { weekdays } from '../restrictions.ts'
import { type RotationType, rotationTypes } from '../rotation.ts'
import { clockChanges, zones } from './walk.ts'

const MINUTE = 60_000

const people = ['ines', 'theo', 'noor', 'clara', 'mei']
const someone = fc.constantFrom(...people)
const quarter = fc.integer({ min: 0, max: 95 })
const time = (n: number) => `${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`
const restriction = fc
  .record({ days: fc.subarray([...weekdays], { minLength: 1 }), from: quarter, to: quarter })
  .map(({ days, from, to }) => ({ days, from: time(from), to: time(to) }))

type Seed = { rotation: RotationType; interval: number; hours: number; split: boolean; back: number; ends: number | null }
const rotation = fc.record<Seed>({
  rotation: fc.constantFrom(...rotationTypes),
  interval: fc.integer({ min: 1, max: 3 }),
  hours: fc.constantFrom(1, 5, 8, 12, 24, 36, 48),
  split: fc.boolean(),
  back: fc.integer({ min: -2 * 96, max: 40 * 96 }),
  ends: fc.option(fc.integer({ min: -4 * 48, max: 4 * 96 }), { freq: 6 }),
})
const layerOf = (change: number) =>
  fc
    .record({
      seed: rotation,
      participants: fc.uniqueArray(someone, { minLength: 1, maxLength: 4 }),
      restrictions: fc.array(restriction, { maxLength: 2 }),
      turn: fc.nat(3),
    })
    .map(({ seed: s, participants, restrictions, turn }): Omit<Layer, 'id'> => {
      const split = s.rotation === 'weekly' && s.split
      return {
        name: 'Layer',
        calendar: null,
        restrictions,
        rotation: {
          type: s.rotation,
          interval: split ? 1 : s.interval,
          hours: s.rotation === 'custom' ? s.hours : null,
          split: split ? [4, 3] : null,
          start: change - s.back * 15 * MINUTE,
          end: s.ends === null ? null : change + s.ends * 15 * MINUTE,
          participants,
          turn,
        },
      }
    })
const overrideOf = (change: number) =>
  fc
    .record({
      user: someone,
      from: fc.integer({ min: -90, max: 90 }),
      length: fc.integer({ min: 1, max: 100 }),
      replaces: fc.option(someone),
      layer: fc.option(fc.constantFrom('l0', 'l1'), { freq: 4 }),
    })
    .map(
      ({ user, from, length, replaces, layer }): Omit<Override, 'id'> => ({
        user,
        from: change + from * 15 * MINUTE,
        until: change + (from + length) * 15 * MINUTE,
        replaces,
        layer: replaces === null ? null : layer,
        reason: 'override',
      }),
    )

/** A schedule around one of the clock changes of one of the zones: up to three layers, two versions, three overrides. */
export const aSchedule = fc.record({ zone: fc.constantFrom(...zones), n: fc.nat(200) }).chain(({ zone, n }) => {
  const changes = clockChanges(zone)
  const change = changes[n % changes.length]!
  const layers = fc
    .array(layerOf(change), { minLength: 1, maxLength: 3 })
    .map((found) => found.map((layer, i) => ({ ...layer, id: `l${i}` })))
  const next = fc.option(fc.record({ layers, from: fc.integer({ min: -90, max: 90 }) }), { freq: 3 })
  return fc.record({ layers, next, overrides: fc.array(overrideOf(change), { maxLength: 3 }) }).map(({ layers, next, overrides }) => {
    const versions: Version[] = [{ from: 0, zone, layers }]
    if (next) versions.push({ from: change + next.from * 15 * MINUTE, zone, layers: next.layers })
    const def: ScheduleDefinition = { v: 1, id: 's', name: 'S', versions, overrides: overrides.map((o, i) => ({ ...o, id: `o${i}` })) }
    return { def, change, zone }
  })
})
