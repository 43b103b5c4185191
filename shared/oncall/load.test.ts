import { expect, test } from 'vitest'
import { loads } from './load.ts'
import type { Piece } from './pieces.ts'
import { shiftId, startOfShift } from './shift-id.ts'

const t = (text: string) => Date.parse(text)
const piece = (user: string, from: string, until: string): Piece => ({
  user, from: t(from), until: t(until), layer: 'l', turn: 0, reason: 'layer', override: null,
}) // biome-ignore format: a row
const of = (pieces: Piece[], zone = 'Europe/Paris') => loads(pieces, () => zone, t('2026-10-01T00:00:00Z'), t('2026-11-01T00:00:00Z'))

test('a day and a night on a weekday', () => {
  expect(of([piece('ines', '2026-10-06T09:00:00+02:00', '2026-10-07T09:00:00+02:00')])).toEqual([
    { user: 'ines', seconds: 86_400, nightSeconds: 8 * 3600, weekendSeconds: 0, nights: 1, weekendDays: 0, shifts: 1, daysInARow: 2 },
  ])
})

test('the weekend the clocks go back: 49 hours, and the night of nine', () => {
  const [load] = of([piece('ines', '2026-10-24T00:00:00+02:00', '2026-10-26T00:00:00+01:00')])
  expect(load).toMatchObject({ seconds: 49 * 3600, weekendSeconds: 49 * 3600, weekendDays: 2, daysInARow: 2 })
  expect(load!.nightSeconds).toBe((6 + 9 + 2) * 3600)
})

test('night is where the person lives', () => {
  const shift = piece('mei', '2026-10-06T01:00:00Z', '2026-10-06T05:00:00Z')
  expect(of([shift], 'Asia/Tokyo')[0]).toMatchObject({ nightSeconds: 0, nights: 0 })
  expect(of([shift], 'Europe/London')[0]).toMatchObject({ nightSeconds: 4 * 3600, nights: 1 })
})

test('only what lies inside the range counts, and whoever carries most stands first', () => {
  const found = of([
    piece('theo', '2026-09-30T00:00:00Z', '2026-10-01T02:00:00Z'),
    piece('ines', '2026-10-31T00:00:00Z', '2026-11-02T00:00:00Z'),
    piece('noor', '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'),
  ])
  expect(found.map((l) => [l.user, l.seconds])).toEqual([
    ['ines', 86_400],
    ['theo', 7200],
  ])
})

test('on call on two schedules at once is one time on call', () => {
  const twice = [
    piece('ines', '2026-10-06T08:00:00Z', '2026-10-06T12:00:00Z'),
    piece('ines', '2026-10-06T10:00:00Z', '2026-10-06T14:00:00Z'),
  ]
  expect(of(twice)[0]).toMatchObject({ seconds: 6 * 3600, shifts: 2 })
})

test('a shift is found by its id: the start is in it, and another layer has another id', () => {
  const start = t('2026-10-06T08:00:00Z')
  const id = shiftId('s', 'l', start)
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(startOfShift(id)).toBe(start)
  expect(shiftId('s', 'l', start)).toBe(id)
  expect(new Set([id, shiftId('s', 'm', start), shiftId('r', 'l', start)]).size).toBe(3)
  expect(startOfShift('01980000-0000-7000-8000-000000000000')).toBeNull()
})
