import { expect, test } from 'vitest'
import type { TimelineEvent } from '../../wire.ts'
import { rungsOf, waiting } from './rungs.ts'

const monitor = { type: 'monitor', id: 'm', name: 'Checkout API' } as const
let n = 0
const event = (at: string, type: TimelineEvent['type'], data: Record<string, unknown> = {}): TimelineEvent => ({
  id: String(++n).padStart(3, '0'),
  at: `2026-11-23T13:${at}Z`,
  type,
  actor: monitor,
  data,
})
const paged = (at: string, step: number, user_id: string, more = {}) =>
  event(at, 'paged', { step, round: 1, user_id, contact: `${user_id}@x.example`, reason: 'step', ...more })
const name = (user: string | null, contact: string) => ({ ines: 'Ines', theo: 'Theo' })[user ?? ''] ?? contact
const next = [
  { step: 2, round: 1, at: '2026-11-23T13:17:01Z', who: ['Theo'] },
  { step: 3, round: 1, at: '2026-11-23T13:22:01Z', who: ['The whole team'] },
]
const policy = [1, 2, 3].map((step) => ({ step, who: [`step ${step}`] }))
const read = (rungs: ReturnType<typeof rungsOf>) =>
  rungs.map((r) => `${r.step}${r.round > 1 ? `/${r.round}` : ''} ${r.who.join('+')} ${r.state}`)

test('an open incident: who was paged, who is being waited for, who comes next', () => {
  const rungs = rungsOf({ status: 'OPEN', next }, [event('14:00', 'opened'), paged('14:01', 1, 'ines')], name, policy)
  expect(read(rungs)).toEqual(['1 Ines at', '2 Theo next', '3 The whole team next'])
  expect(waiting(rungs, Date.parse('2026-11-23T13:14:38Z'))).toEqual({ forMs: 37_000, ofMs: 180_000, next: ['Theo'] })
})

test('everybody of one step is one rung; a second address of the same person is not another', () => {
  const rungs = rungsOf(
    { status: 'OPEN', next: [] },
    [event('14:00', 'opened'), paged('14:01', 1, 'ines'), paged('14:01', 1, 'theo'), paged('14:20', 1, 'ines', { reason: 'fallback' })],
    name,
    policy,
  )
  expect(read(rungs)).toEqual(['1 Ines+Theo at'])
})

test('a second round is rungs of its own', () => {
  const rungs = rungsOf(
    { status: 'OPEN', next: [] },
    [event('14:00', 'opened'), paged('14:01', 1, 'ines'), paged('22:00', 1, 'ines', { round: 2 })],
    name,
    policy,
  )
  expect(read(rungs)).toEqual(['1 Ines past', '1/2 Ines at'])
})

test('once somebody has it, the steps that were not reached were not needed', () => {
  const rungs = rungsOf({ status: 'ACKNOWLEDGED', next: [] }, [event('14:00', 'opened'), paged('14:01', 1, 'ines')], name, policy)
  expect(read(rungs)).toEqual(['1 Ines at', '2 step 2 later', '3 step 3 later'])
})

test('pages before a reopening belong to the life before', () => {
  const rungs = rungsOf(
    { status: 'OPEN', next },
    [event('14:00', 'opened'), paged('14:01', 1, 'ines'), event('40:00', 'reopened')],
    name,
    policy,
  )
  expect(read(rungs)).toEqual(['2 Theo next', '3 The whole team next'])
  expect(waiting(rungs, 0)).toBe(null)
})

test('a webhook is called by its address', () => {
  const rungs = rungsOf(
    { status: 'OPEN', next: [] },
    [event('14:00', 'opened'), paged('14:01', 1, 'x', { user_id: null, contact: 'hooks.example' })],
    name,
    policy,
  )
  expect(read(rungs)).toEqual(['1 hooks.example at'])
})

test('a page of the very instant of the declaration belongs to it, whatever its id', () => {
  const [declared, page] = [event('14:00', 'declared'), paged('14:00', 1, 'ines')]
  const rungs = rungsOf({ status: 'OPEN', next: [] }, [declared, { ...page, id: '000' }], name, policy)
  expect(read(rungs)).toEqual(['1 Ines at'])
})
