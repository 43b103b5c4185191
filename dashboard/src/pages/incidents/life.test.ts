import { expect, test } from 'vitest'
import type { TimelineBody } from '../../../../shared/incidents/schema.ts'
import { between, lifeOf, rangeAround, sinceStart } from './life.ts'

const ines = { type: 'user', id: 'ines', name: 'Ines Okafor' } as const
const monitor = { type: 'monitor', id: 'm', name: 'Checkout API' } as const
let n = 0
const event = (
  at: string,
  type: TimelineBody['type'],
  data: Record<string, unknown> = {},
  actor: TimelineBody['actor'] = monitor,
): TimelineBody => ({
  id: String(++n).padStart(3, '0'),
  at: `2026-11-23T13:${at}Z`,
  type,
  actor,
  data,
})
const incident = { created_at: '2026-11-23T13:14:00.100Z', started_at: '2026-11-23T13:13:56.000Z', monitor_id: 'm' }
const vote = (outcome: 'up' | 'down') => ({ region: 'eu', outcome, error: null, status: 503, totalMs: 180 })
const opened = event('14:00.100', 'opened', {
  what: '503',
  started_at: '2026-11-23T13:13:56.000Z',
  why: [],
  votes: [vote('down'), vote('down'), vote('down'), vote('up')],
})
const paged = event('14:00.200', 'paged', { page_id: 'p', step: 1, user_id: 'ines' })
const accepted = event('14:00.900', 'page-accepted', { page_id: 'p', contact: 'ines@kestrel.example', user_id: 'ines' })
const acknowledged = event('15:53', 'acknowledged', { via: 'link', channel: 'email' }, ines)
const resolved = event('31:00', 'resolved', { reason: 'recovered', why: [] })

test('a life is read from the timeline, newest first or oldest first', () => {
  const all = [opened, paged, accepted, acknowledged, resolved]
  const life = lifeOf(incident, all)
  expect(lifeOf(incident, all.toReversed())).toEqual(life)
  expect(life).toEqual({
    began: 'opened',
    failedAt: '2026-11-23T13:13:56.000Z',
    openedAt: '2026-11-23T13:14:00.100Z',
    votes: { down: 3, all: 4 },
    page: { at: '2026-11-23T13:14:00.900Z', userId: 'ines', contact: 'ines@kestrel.example' },
    pagedAt: '2026-11-23T13:14:00.200Z',
    acknowledged: { at: '2026-11-23T13:15:53Z', by: ines },
    resolved: { at: '2026-11-23T13:31:00Z', by: monitor, reason: 'recovered' },
  })
})

test('a verdict that was final before the last region answered still counts all of them', () => {
  const early = { ...opened, data: { ...opened.data, what: '503 from 3 of 4 regions', votes: [vote('down'), vote('down'), vote('down')] } }
  expect(lifeOf(incident, [early]).votes).toEqual({ down: 3, all: 4 })
})

test('seconds count from the first failed check', () => {
  const life = lifeOf(incident, [opened, acknowledged])
  expect(sinceStart(life, life.openedAt)).toBe(4100)
  expect(sinceStart(life, life.acknowledged!.at)).toBe(117_000)
})

test('a page that was queued is not a page that left', () => {
  const life = lifeOf(incident, [opened, paged])
  expect([life.pagedAt, life.page]).toEqual(['2026-11-23T13:14:00.200Z', null])
})

test('a reopened incident counts from its new beginning: what was acknowledged before counts no more', () => {
  const again = event('40:00', 'reopened', {
    reason: 'failed-again',
    started_at: '2026-11-23T13:39:55.000Z',
    why: [],
    votes: [vote('down')],
  })
  const life = lifeOf(incident, [opened, accepted, acknowledged, resolved, again])
  expect(life).toMatchObject({
    began: 'reopened',
    failedAt: '2026-11-23T13:39:55.000Z',
    openedAt: '2026-11-23T13:40:00Z',
    page: null,
    acknowledged: null,
    resolved: null,
  })
})

test('a declared incident has no failed check: it counts from the declaration', () => {
  const life = lifeOf({ ...incident, monitor_id: null }, [
    event('20:00', 'declared', { notify: true }, ines),
    event('21:00', 'acknowledged', {}, ines),
  ])
  expect([life.began, life.failedAt, life.votes]).toEqual(['declared', null, null])
  expect(sinceStart(life, life.acknowledged!.at)).toBe(60_000)
})

test('before the timeline has loaded the incident’s own instants serve', () => {
  expect(lifeOf(incident, [])).toMatchObject({ began: 'opened', failedAt: incident.started_at, openedAt: incident.created_at, page: null })
  expect(lifeOf({ ...incident, monitor_id: null }, [])).toMatchObject({ began: 'declared', failedAt: null })
})

test('clocks that differ a little make no negative times', () => {
  expect(between('2026-11-23T13:14:01Z', '2026-11-23T13:14:00Z')).toBe(0)
})

test('the range around an incident: at least an hour, 45 minutes before it, a quarter after its end', () => {
  const m = (n: number) => n * 60_000
  expect(rangeAround(m(1000), null, m(1010))).toEqual({ from: m(950), to: m(1010) })
  expect(rangeAround(m(1000), null, m(1200))).toEqual({ from: m(955), to: m(1200) })
  expect(rangeAround(m(1000), m(1030), m(5000))).toEqual({ from: m(955), to: m(1045) })
})
