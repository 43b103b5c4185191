import { describe, expect, test } from 'vitest'
import { componentsOf, type Head, measuredState, names, overall, phaseOf, type ReportFacts } from './state.ts'
import type { ComponentState } from './words.ts'

const AT = Date.UTC(2026, 10, 23, 14, 32)
const MIN = 60_000
const head = (status: NonNullable<Head>['status'], incident_id: string | null = null): Head => ({
  status,
  incident_id,
  status_since: AT - 18 * MIN,
})
const report = (r: Partial<ReportFacts>): ReportFacts => ({
  id: 'r',
  type: 'incident',
  status: 'identified',
  starts_at: AT - MIN,
  ends_at: null,
  affected: [],
  ...r,
})
const rows = [
  { id: 'c', public_name: 'Checkout', section_id: null, resource_id: 'm1' },
  { id: 'r', public_name: 'Refunds', section_id: null, resource_id: 'm2' },
]
const shown = (heads: Record<string, Head>, reports: ReportFacts[] = []) => componentsOf(rows, new Map(Object.entries(heads)), reports, AT)

test.each<[Head, ComponentState]>([
  [head('up'), 'operational'],
  [head('down', 'i'), 'downtime'],
  [head('validating'), 'operational'],
  [head('validating', 'i'), 'downtime'],
  [head('maintenance'), 'maintenance'],
  [head('paused'), 'unknown'],
  [head('pending'), 'unknown'],
  [null, 'unknown'],
])('what is measured: %j is shown as %s', (h, state) => expect(measuredState(h)).toBe(state))

describe('where a report is in time', () => {
  test.each<[string, Partial<ReportFacts>, string]>([
    ['an incident that began', {}, 'open'],
    ['a resolved incident', { status: 'resolved' }, 'over'],
    ['an incident whose end has come', { ends_at: AT }, 'over'],
    ['an incident whose end is to come', { ends_at: AT + 1 }, 'open'],
    ['maintenance to come', { type: 'maintenance', status: 'scheduled', starts_at: AT + 1, ends_at: AT + 2 }, 'upcoming'],
    [
      'maintenance whose time has come, though nobody said so',
      { type: 'maintenance', status: 'scheduled', starts_at: AT, ends_at: AT + 2 },
      'open',
    ],
    ['maintenance begun early', { type: 'maintenance', status: 'in_progress', starts_at: AT + 1, ends_at: AT + 2 }, 'open'],
    ['maintenance whose time is over, though nobody said so', { type: 'maintenance', status: 'in_progress', ends_at: AT }, 'over'],
    ['maintenance done early', { type: 'maintenance', status: 'completed', ends_at: AT + 2 }, 'over'],
  ])('%s', (_, r, phase) => expect(phaseOf(report(r), AT)).toBe(phase))
})

describe('what a service is said to be', () => {
  const says = (status: ReportFacts['affected'][number]['status'], more: Partial<ReportFacts> = {}) =>
    report({ affected: [{ resource_id: 'c', status }], ...more })

  test('without a report, what is measured', () => {
    expect(shown({ m1: head('down', 'i'), m2: head('up') }).map((c) => [c.state, c.overridden])).toEqual([
      ['downtime', false],
      ['operational', false],
    ])
  })
  test('an open report beats the measurement, and the page says that it does', () => {
    expect(shown({ m1: head('down', 'i'), m2: head('up') }, [says('operational')])[0]).toMatchObject({
      state: 'operational',
      measured: 'downtime',
      overridden: true,
    })
    expect(shown({ m1: head('up') }, [says('degraded')])[0]).toMatchObject({ state: 'degraded', overridden: true })
  })
  test('a report that says what is measured overrides nothing', () => {
    expect(shown({ m1: head('down', 'i') }, [says('downtime')])[0]).toMatchObject({ state: 'downtime', overridden: false })
  })
  test('the worst of several open reports counts', () => {
    expect(shown({ m1: head('up') }, [says('operational'), says('downtime', { id: 's' }), says('degraded', { id: 't' })])[0]!.state).toBe(
      'downtime',
    )
  })
  test('a report that is over, or to come, or about another service changes nothing', () => {
    const reports = [
      says('downtime', { status: 'resolved' }),
      says('downtime', { starts_at: AT + 1 }),
      report({ affected: [{ resource_id: 'x', status: 'downtime' }] }),
    ]
    expect(shown({ m1: head('up') }, reports)[0]).toMatchObject({ state: 'operational', overridden: false })
  })
  test('planned maintenance is no override of a measurement', () => {
    expect(shown({ m1: head('down', 'i') }, [says('maintenance', { type: 'maintenance', status: 'in_progress' })])[0]).toMatchObject({
      state: 'maintenance',
      overridden: false,
    })
  })
})

describe('the first line', () => {
  const say = (states: [string, ComponentState][]) =>
    overall(states.map(([name, state]) => ({ id: name, name, state, section: null, measured: state, overridden: false, since: null })))

  test.each<[[string, ComponentState][], ComponentState, string]>([
    [[], 'unknown', 'No services are listed here yet'],
    [[['A', 'operational']], 'operational', 'All services are up'],
    [[['A', 'operational'], ['B', 'unknown']], 'operational', 'All measured services are up'],
    [[['A', 'unknown']], 'unknown', 'No service is measured right now'],
    [[['A', 'downtime'], ['B', 'operational']], 'downtime', 'A is down'],
    [[['A', 'degraded'], ['B', 'downtime']], 'downtime', 'B is down, A is degraded'],
    [[['A', 'degraded'], ['B', 'degraded'], ['C', 'degraded']], 'degraded', 'A, B and C are degraded'],
    [[['A', 'downtime'], ['B', 'downtime'], ['C', 'downtime'], ['D', 'downtime']], 'downtime', 'A, B and 2 more services are down'],
    [[['A', 'maintenance'], ['B', 'operational']], 'maintenance', 'Maintenance: A'],
    [[['A', 'maintenance'], ['B', 'downtime']], 'downtime', 'B is down'],
  ])('%j', (states, state, sentence) => expect(say(states)).toEqual({ state, sentence })) // biome-ignore format: a table
})

test('names are joined as people join them', () => {
  expect([[], ['A'], ['A', 'B'], ['A', 'B', 'C'], ['A', 'B', 'C', 'D']].map(names)).toEqual([
    '',
    'A',
    'A and B',
    'A, B and C',
    'A, B and 2 more services',
  ])
})
