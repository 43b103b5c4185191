import { expect, test } from 'vitest'
import { callsOf, type Open, said } from './effects.ts'
import { type AlertState, evaluate, failed, newState } from './evaluate.ts'
import type { Rule } from './rule.ts'

const rule: Rule = {
  id: 'alert-1', name: 'Slow checkout', query: 'p95', condition: 'gt', threshold: 800, anomaly: null, forMs: 0, keepFiringForMs: 0, labels: {},
  annotations: {}, missing: 'dont_fire', limit: 0,
} // biome-ignore format: a rule
const reporting = { team: 't', perSeries: false, severity: 'sev1' as const, policyId: 'p' }

/** What is told minute by minute: `+` opens, `-` ends, with how many calls. */
function story(perSeries: boolean, minutes: Record<string, number>[]): string[] {
  let [state, open, n]: [AlertState, Open, number] = [newState, {}, 0]
  return minutes.map((values, i) => {
    const samples = Object.entries(values).map(([instance, value]) => ({ labels: { instance }, value }))
    const outcome = evaluate(rule, state, { at: i * 60_000, samples })
    const told = callsOf(rule, { ...reporting, perSeries }, open, outcome, () => `i${++n}`)
    state = outcome.state
    open = told.open
    return told.calls.map((c) => ('open' in c ? `+${c.open.id}` : `-${c.ended.intent}`)).join(' ')
  })
}

test('one incident per alert: the first series that fires opens it, the last that ends resolves it', () => {
  expect(story(false, [{ a: 1 }, { a: 900 }, { a: 900, b: 900 }, { a: 1, b: 900 }, { a: 1, b: 1 }, { a: 900 }])).toEqual([
    '',
    '+i1',
    '',
    '',
    '-i1',
    '+i2',
  ])
})

test('one incident per series, when that was asked for', () => {
  expect(story(true, [{ a: 900 }, { a: 900, b: 900 }, { b: 900 }, {}])).toEqual(['+i1', '+i2', '-i1', '-i2'])
})

test('the incident says what is beyond what, since when, and is paged by the alert’s policy and severity', () => {
  const outcome = evaluate(rule, newState, { at: 60_000, samples: [{ labels: { instance: 'a' }, value: 912.3456789 }] })
  const { calls } = callsOf(rule, reporting, {}, outcome, () => 'i')
  expect(calls).toEqual([
    {
      open: {
        id: 'i', team: 't', cause: { type: 'alert', id: 'alert-1', name: 'Slow checkout' }, what: '912.346 is above 800 for instance=a', policyId: 'p',
        severity: 'sev1', startedAt: 60_000, verdictAt: 60_000, why: ['instance=a: 912.346'], votes: [], email: true,
      },
    },
  ]) // biome-ignore format: one intent
})

test('the summary that people wrote comes first; several series are counted', () => {
  const active = (annotations: Record<string, string>) => ({
    labels: { alertname: 'x', job: 'a' },
    annotations,
    state: 'firing' as const,
    value: '1',
    activeAt: 0,
    firedAt: 0,
    keepFiringSince: null,
  })
  expect(said(rule, [active({ summary: 'Checkout is slow' })])).toBe('Checkout is slow')
  expect(said(rule, [active({}), active({})])).toBe('2 series above 800')
})

test('a query that fails three times in a row has an incident of its own; what fired stays open, and data that is away opens nothing', () => {
  const firing = evaluate(rule, newState, { at: 0, samples: [{ labels: { instance: 'a' }, value: 900 }] })
  let n = 0
  const mint = () => `i${++n}`
  let { open } = callsOf(rule, reporting, {}, firing, mint)
  let state = firing.state
  const told: string[] = []
  const step = (outcome: ReturnType<typeof failed>) => {
    state = outcome.state
    const calls = callsOf(rule, reporting, open, outcome, mint)
    open = calls.open
    told.push(calls.calls.map((c) => ('open' in c ? `+${c.open.what}` : `-${c.ended.intent}`)).join(' '))
  }
  for (let i = 1; i <= 4; i++) step(failed(state, i, 'query', 'many-to-many'))
  step(evaluate(rule, state, { at: 5, samples: [{ labels: { instance: 'a' }, value: 900 }] }))
  for (let i = 6; i <= 9; i++) step(failed(state, i, 'unavailable', 'away'))
  for (let i = 10; i <= 12; i++) step(failed(state, i, 'query', 'many-to-many'))
  // it is still blind, for whatever reason
  step(failed(state, 13, 'unavailable', 'away'))
  expect(told).toEqual([
    '',
    '',
    '+its query fails, so nobody watches',
    '',
    '-i2',
    '',
    '',
    '',
    '',
    '+its query fails, so nobody watches',
    '',
    '',
    '',
  ])
  expect(Object.values(open)).toEqual(['i1', 'i3'])
})
