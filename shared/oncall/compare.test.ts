import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differences } from './compare.ts'
import { aSchedule } from './fuzz/schedules.ts'
import { whoIsOnCall } from './schedule.ts'

test('differences are exactly the time in which another person is on call, and a schedule does not differ from itself', () => {
  fc.assert(
    fc.property(aSchedule, aSchedule, ({ def, change }, other) => {
      const [from, to] = [change - 43_200_000, change + 43_200_000]
      expect(differences(def, def, from, to)).toEqual([])
      const found = differences(def, other.def, from, to)
      for (let at = from; at < to; at += 900_000) {
        const [before, after] = [whoIsOnCall(def, at)?.user ?? null, whoIsOnCall(other.def, at)?.user ?? null]
        const told = found.find((d) => d.from <= at && at < d.until)
        expect(told ? [told.before, told.after] : [null, null]).toEqual(before === after ? [null, null] : [before, after])
      }
    }),
    { numRuns: 60 },
  )
}, 60_000)
