import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Override } from './definition.ts'
import { disagreement } from './fuzz/agree.ts'
import { aSchedule } from './fuzz/schedules.ts'
import { clockChanges, zones } from './fuzz/walk.ts'
import { gaps, shifts } from './schedule.ts'

test('at least forty zones whose clocks change between 2020 and 2040', () => {
  expect(zones.length).toBeGreaterThanOrEqual(40)
  expect(zones.reduce((sum, zone) => sum + clockChanges(zone).length, 0)).toBeGreaterThan(1000)
})

test('random schedules around clock changes: shifts, gaps and single answers agree with a walk minute by minute', () => {
  fc.assert(
    fc.property(aSchedule, ({ def, change }) => {
      expect(disagreement(def, change)).toBeNull()
    }),
    { numRuns: 2000 },
  )
}, 120_000)

test('an override added and removed leaves every shift as it was', () => {
  fc.assert(
    fc.property(aSchedule, ({ def, change }) => {
      const [from, to] = [change - 86_400_000, change + 86_400_000]
      const override: Override = {
        id: 'x',
        user: 'mei',
        from: change - 3_600_000,
        until: change + 7_200_000,
        replaces: null,
        layer: null,
        reason: 'override',
      }
      const added = { ...def, overrides: [...def.overrides, override] }
      expect(shifts(added, override.from, override.until).map((s) => s.user)).toEqual(['mei'])
      expect(gaps(added, override.from, override.until)).toEqual([])
      const outside = (d: typeof def) => [shifts(d, from, override.from).at(-1)?.user, shifts(d, override.until, to)[0]?.user]
      expect(outside(added)).toEqual(outside(def))
      const removed = { ...added, overrides: added.overrides.filter((o) => o.id !== 'x') }
      expect(shifts(removed, from, to)).toEqual(shifts(def, from, to))
    }),
    { numRuns: 200 },
  )
}, 60_000)
