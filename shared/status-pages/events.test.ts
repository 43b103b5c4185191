import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../time.ts'
import type { Stretch } from '../uptime/availability.ts'
import { chapters, type Event, measuredEvents, reportEvents } from './events.ts'
import type { WithUpdates } from './reports.ts'
import { daysUpTo } from './zone.ts'

const AT = Date.UTC(2026, 10, 23, 12)
const services = [
  { id: 'c', name: 'Checkout', monitor: 'm1' },
  { id: 'r', name: 'Refunds', monitor: 'm1' },
  { id: 'l', name: 'Ledger', monitor: 'm2' },
]
const down = (from: number, to: number, incident = 'i'): Stretch => ({ from: AT - from, to: AT - to, kind: 'down', incident })
const measured = (m1: Stretch[], m2: Stretch[] = [], reports: Event[] = []) =>
  measuredEvents(new Map(Object.entries({ m1, m2 })), services, reports, AT)
const report = (r: Partial<WithUpdates>): WithUpdates => ({
  number: 1, id: 'rep', team: 't', page_id: 'p', title: 'Card payments fail', type: 'incident', status: 'identified', starts_at: AT - HOUR, ends_at: null,
  ended_at: null, next_update_at: null, affected: [{ resource_id: 'c', status: 'degraded' }], created_at: AT - HOUR, updated_at: AT - HOUR, deleted_at: null,
  updates: [], ...r,
}) // biome-ignore format: a row
const told = (r: Partial<WithUpdates>) => reportEvents([report(r)], services, AT)

describe('what was measured and nobody told', () => {
  test('services that one monitor measures are one event', () => {
    expect(measured([down(HOUR, 30 * MINUTE)])).toMatchObject([
      {
        id: 'i',
        title: 'Checkout and Refunds were down',
        status: 'resolved',
        phase: 'over',
        endedAt: AT - 30 * MINUTE,
        updates: [{ message: 'Checkout and Refunds answer again, after 30 m.' }, { status: 'investigating' }],
      },
    ])
  })
  test('an outage that lasts is open', () => {
    expect(measured([], [down(HOUR, 0)])).toMatchObject([{ title: 'Ledger is down', phase: 'open', endedAt: null, updates: [{}] }])
  })
  test('what an incident report of the service tells of is not told twice', () => {
    const ids = (r: Partial<WithUpdates>) => measured([], [down(2 * HOUR, HOUR)], told(r)).map((e) => e.id)
    const affected = [{ resource_id: 'l', status: 'downtime' as const }]
    expect(ids({ affected, starts_at: AT - 90 * MINUTE })).toEqual([])
    expect(ids({ affected, starts_at: AT - 50 * MINUTE })).toEqual(['i'])
    expect(ids({ affected, starts_at: AT - 3 * HOUR, status: 'resolved', ended_at: AT - 2 * HOUR })).toEqual(['i'])
    expect(ids({ starts_at: AT - 90 * MINUTE })).toEqual(['i'])
    expect(ids({ affected, type: 'maintenance', starts_at: AT - 90 * MINUTE })).toEqual(['i'])
  })
  test('an incident that reopened is one event from its first failure to its last recovery', () => {
    expect(measured([], [down(3 * HOUR, 2 * HOUR), down(100 * MINUTE, HOUR)])).toMatchObject([
      { startsAt: AT - 3 * HOUR, endedAt: AT - HOUR },
    ])
  })
})

describe('reports', () => {
  test('an affected service that left the page is not named', () => {
    expect(told({ affected: [{ resource_id: 'gone', status: 'downtime' }] })[0]!.affected).toEqual([])
  })
  test('maintenance stands where the clock says, though nobody wrote it', () => {
    const plan = (from: number, to: number) => told({ type: 'maintenance', status: 'scheduled', starts_at: AT + from, ends_at: AT + to })[0]
    expect(plan(HOUR, 2 * HOUR)).toMatchObject({ status: 'scheduled', phase: 'upcoming', endedAt: null })
    expect(plan(-HOUR, HOUR)).toMatchObject({ status: 'in_progress', phase: 'open' })
    expect(plan(-2 * HOUR, -HOUR)).toMatchObject({ status: 'completed', phase: 'over', endedAt: AT - HOUR })
  })
})

describe('days', () => {
  const days = daysUpTo(AT, 'UTC', 5)
  const lines = (events: Event[]) =>
    chapters(events, days).map((c) => `${c.from}..${c.to}: ${c.entries.map((e) => `${e.event.title} ×${e.times}`).join(', ')}`)
  test('quiet days are joined', () => {
    expect(lines([])).toEqual(['2026-11-19..2026-11-23: '])
    expect(lines(told({ starts_at: AT - 2 * DAY }))).toEqual([
      '2026-11-22..2026-11-23: ',
      '2026-11-21..2026-11-21: Card payments fail ×1',
      '2026-11-19..2026-11-20: ',
    ])
  })
  test('a service that fails ten times on a day is one line', () => {
    const many = Array.from({ length: 10 }, (_, i) => down((i + 1) * 10 * MINUTE, (i + 1) * 10 * MINUTE - MINUTE, `i${i}`))
    expect(chapters(measured([], many), days)[0]!.entries).toMatchObject([{ times: 10, ms: 10 * MINUTE }])
  })
})
