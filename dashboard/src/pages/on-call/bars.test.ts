import { expect, test } from 'vitest'
import { gapBars, overrideBar, shiftBar } from './bars.ts'
import type { Override, Shift } from './queries.ts'

const at = (hour: number) => Date.UTC(2026, 10, 23, hour)
const iso = (hour: number) => new Date(at(hour)).toISOString()
const names: Record<string, string> = { n: 'Noor Vance', i: 'Ines Okafor' }
const words = { zone: 'UTC', now: at(0), nameOf: (u: string) => names[u]!, colourOf: () => 'red' }
const shift = (more: Partial<Shift>) =>
  ({ id: 's', user_id: 'n', start_time: iso(9), end_time: iso(12), is_override: false, ...more }) as Shift
const set = (more: Partial<Override>) =>
  ({ id: 'o', user_id: 'n', start_time: iso(9), end_time: iso(12), replaces: 'i', ...more }) as Override

test('a bar says who covers for whom, and why', () => {
  expect(shiftBar(shift({}), [], words).title).toBe('Noor Vance, Mon 23 Nov 09:00 to Mon 23 Nov 12:00')
  const covering = shift({ is_override: true, override_id: 'o', cover_request_id: 'c', override_reason: 'Train' })
  expect(shiftBar(covering, [set({})], words)).toMatchObject({
    title: 'Noor Vance, covers for Ines Okafor, Mon 23 Nov 09:00 to Mon 23 Nov 12:00: Train',
    aside: 'for Ines Okafor',
  })
  expect(overrideBar(set({}), words).title).toBe('Noor Vance for Ines Okafor, Mon 23 Nov 09:00 to Mon 23 Nov 12:00')
  expect(overrideBar(set({ replaces: null }), words).title).toBe('Noor Vance, Mon 23 Nov 09:00 to Mon 23 Nov 12:00')
})

test('gaps lie before, between and after shifts, and nowhere else', () => {
  const hours = (list: Shift[]) => gapBars(list, at(0), at(24), words).map((b) => [(b.from - at(0)) / 3.6e6, (b.to - at(0)) / 3.6e6])
  expect(hours([])).toEqual([[0, 24]])
  expect(hours([shift({}), shift({ start_time: iso(12), end_time: iso(14) }), shift({ start_time: iso(20), end_time: iso(30) })])).toEqual([
    [0, 9],
    [14, 20],
  ])
})
