import { expect, test } from 'vitest'
import type { Check } from '../../wire.ts'
import { inOrder, looksOf, reason } from './rounds.ts'

let n = 0
const check = (region: Check['region'], verdict: string, over: Partial<Check> = {}): Check => ({
  id: `c${++n}`, at: `2026-11-23T14:13:${String(59 - n).padStart(2, '0')}Z`, region, colo: null, outcome: 'up', error: null, status_code: 200, response_time_ms: 100,
  ttfb_ms: 90, bytes: 10, round_id: null, verdict, why: [`${region}: 200`], excerpt: null, ...over,
}) // biome-ignore format: a record
const failed = (region: Check['region'], verdict: string, round: string, why: string[]) =>
  check(region, verdict, { outcome: 'down', error: 'status', status_code: 503, response_time_ms: 200, round_id: round, why })

test('answers of one round are one line, and the one that knows most tells the verdict', () => {
  const [round, ...rest] = looksOf([
    failed('eu', 'validating', 'r1', ['eu: 503']),
    failed('us', 'down', 'r1', ['eu: 503', 'us: 503', '2 of 2 failed, quorum 2']),
    check('as', 'up'),
  ])
  expect(round).toMatchObject({ round: true, verdict: 'down', slowestMs: 200, before: 'up' })
  expect(round!.checks).toHaveLength(2)
  expect(rest).toHaveLength(1)
})

test('a turn is nobody else’s line, also beside another turn of its region', () => {
  expect(looksOf([check('eu', 'up'), check('eu', 'up')])).toHaveLength(2)
})

test('the reason says a change first, then the turn, then the tally', () => {
  const looks = looksOf([
    failed('eu', 'down', 'r2', ['3 of 4 failed, quorum 3']),
    failed('eu', 'down', 'r1', ['x']),
    check('au', 'up'),
    check('as', 'up'),
  ])
  expect(looks.map(reason)).toEqual(['3 of 4 failed, quorum 3', 'Up → Down', 'Sydney’s turn', 'Singapore’s turn'])
})

test('chips stand in the regions’ order, with a hole where nobody was asked', () => {
  const [turn] = looksOf([check('as', 'up')])
  expect(inOrder(turn!, ['us', 'eu', 'as', 'au']).map((c) => c?.region ?? null)).toEqual([null, null, 'as', null])
})
