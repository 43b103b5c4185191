import { expect, test } from 'vitest'
import type { Check } from '../../wire.ts'
import { looksOf } from './rounds.ts'
import { story } from './story.ts'

const check = (at: string, region: Check['region'], status: number, round: string | null, verdict: string, why: string[]): Check => ({
  id: `${at}${region}`, at: `2026-11-23T14:${at}.000Z`, region, colo: null, outcome: status < 400 ? 'up' : 'down', error: status < 400 ? null : 'status',
  status_code: status, response_time_ms: 100, ttfb_ms: null, bytes: 0, round_id: round, verdict, why, excerpt: null,
}) // biome-ignore format: a record
const monitor = { regions: ['us', 'eu', 'as', 'au'] as Check['region'][], quorum: 3 }
const read = (checks: Check[]) => {
  const [look, earlier] = looksOf(checks)
  return story(look!, earlier, monitor, 'UTC').map((s) => `${s.bold} ${s.rest}`.replace(' .', '.').replace(' ,', ','))
}

test('a verdict is told as failure, round, verdict', () => {
  const why = ['eu: 503', 'us: 503', 'au: 503', '3 of 4 failed, quorum 3', 'down: failing for 0 s']
  expect(
    read([
      check('14:00', 'au', 503, 'r', 'down', why),
      check('14:00', 'us', 503, 'r', 'validating', why.slice(0, 2)),
      check('13:56', 'eu', 503, null, 'validating', ['eu: 503']),
    ]),
  ).toEqual([
    'First failure. Frankfurt, in its turn, got 503 at 14:13:56. All 4 regions were asked at once.',
    'Confirmed. 3 of 4 failed in this round; the quorum is 3.',
    'Verdict down, 4.0 s after the first failure. Down: failing for 0 s.',
  ])
})

test('a round that confirms nothing says who answered', () => {
  const told = read([
    check('14:05', 'us', 200, 'r', 'up', ['us: 200', '1 of 4 failed, quorum 3', 'up: fewer than the quorum fail']),
    check('14:00', 'eu', 503, null, 'validating', ['eu: 503']),
  ])
  expect(told[1]).toBe('Not enough. 1 of 4 failed in this round; the quorum is 3. Virginia answered.')
})

test('a turn is one sentence', () => {
  expect(read([check('14:00', 'au', 200, null, 'up', ['au: 200'])])).toEqual([
    'Sydney’s turn. It answered 200; the next turn is another region’s.',
  ])
})
