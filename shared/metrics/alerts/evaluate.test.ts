import { describe, expect, test } from 'vitest'
import { expand } from '../templates/expand.ts'
import { type AlertState, evaluate, failed, namingOf, newState, skipped, standing, type Transition } from './evaluate.ts'
import type { Rule } from './rule.ts'
import type { Texts } from './template.ts'

const MINUTE = 60_000
const rule = (change: Partial<Rule> = {}): Rule => ({
  id: 'r',
  name: 'HighLatency',
  query: 'x',
  condition: 'gt',
  threshold: 10,
  anomaly: null,
  forMs: 0,
  keepFiringForMs: 0,
  labels: {},
  annotations: {},
  missing: 'dont_fire',
  limit: 0,
  ...change,
})
/** Values by minute: a number, `_` for no sample, `!` for a query that fails, `~` for data that cannot be read. */
function replay(r: Rule, line: string, before: AlertState = newState) {
  let state = before
  const seen: string[] = []
  const transitions: Transition[] = []
  for (const [i, word] of line.trim().split(/\s+/).entries()) {
    const at = i * MINUTE
    const outcome =
      word === '!' || word === '~'
        ? failed(state, at, word === '!' ? 'query' : 'unavailable', 'broken')
        : evaluate(r, state, { at, samples: word === '_' ? [] : [{ labels: { __name__: 'x', job: 'api' }, value: Number(word) }] })
    state = outcome.state
    transitions.push(...outcome.transitions)
    seen.push(standing(state))
  }
  const short: Record<string, string> = { inactive: '.', pending: 'p', firing: 'F', unknown: '?' }
  return { line: seen.map((s) => short[s]).join(''), transitions, state }
}

describe('pending, firing and inactive, minute by minute, as Prometheus has them', () => {
  test.each<[string, Partial<Rule>, string, string]>([
    ['without `for` it fires at once', {}, '1 11 12 1', '.FF.'],
    ['a threshold itself is not beyond it', {}, '10 10.1', '.F'],
    ['`for` counts from the first instant it was active', { forMs: 2 * MINUTE }, '1 11 11 11 11 1', '.ppFF.'],
    ['one good instant begins `for` anew', { forMs: 2 * MINUTE }, '11 11 1 11 11 11', 'pp.ppF'],
    ['a missing sample is not active', { forMs: 2 * MINUTE }, '11 _ 11 11 11', 'p.ppF'],
    ['what fires ends with its first good instant', { forMs: MINUTE }, '11 11 1 11', 'pF.p'],
    ['`keep_firing_for` keeps it firing that long', { keepFiringForMs: 2 * MINUTE }, '11 1 1 1 1', 'FFF..'],
    ['active again while it is kept: the time begins anew', { keepFiringForMs: 2 * MINUTE }, '11 1 11 1 1 1 1', 'FFFFF..'],
    ['pending is not kept', { forMs: 2 * MINUTE, keepFiringForMs: 5 * MINUTE }, '11 11 1', 'pp.'],
    ['without a condition every sample is active', { condition: null }, '_ 0 0 _', '.FF.'],
    ['below', { condition: 'lt' }, '11 9 10', '.F.'],
    ['equal', { condition: 'eq' }, '11 10 9', '.F.'],
    ['other than', { condition: 'ne' }, '10 11 10', '.F.'],
    ['NaN is beyond nothing', {}, 'NaN 11', '.F'],
    ['a query that fails is unknown, and does not end what fires', {}, '1 ! 11 ! 11 1', '.?FFF.'],
    ['data that cannot be read neither fires nor ends', { forMs: MINUTE }, '11 ~ 11 ~ 11', 'p?FFF'],
    ['absence as zero: below fires', { condition: 'lt', missing: 'treat_as_zero' }, '11 _ 11', '.F.'],
    ['absence as zero counts before anything was seen', { condition: 'lt', missing: 'treat_as_zero' }, '_ _ 11', 'FF.'],
    ['absence as before: it stays what it was', { missing: 'treat_as_previous' }, '11 _ _ 1 _', 'FFF..'],
    ['absence as an incident', { missing: 'start_incident' }, '1 _ 1', '.F.'],
    ['absence as an incident takes `for` too', { missing: 'start_incident', forMs: MINUTE }, '1 _ _ 1', '.pF.'],
    ['absence as an incident, of what never was', { missing: 'start_incident', forMs: MINUTE }, '_ _ 1', 'pF.'],
  ])('%s', (_, change, line, expected) => {
    expect(replay(rule(change), line).line).toBe(expected)
  })
})

test('a change is told once, with the labels of the rule and without the name of the metric', () => {
  const { transitions } = replay(rule({ forMs: MINUTE, labels: { severity: 'page' } }), '11 11 11 1')
  expect(transitions.map(({ from, to, at }) => [from, to, at / MINUTE])).toEqual([
    ['inactive', 'pending', 0],
    ['pending', 'firing', 1],
    ['firing', 'inactive', 3],
  ])
  expect(transitions[0]?.labels).toEqual({ alertname: 'HighLatency', job: 'api', severity: 'page' })
})

test('`activeAt` is the first instant, `firedAt` the one at which `for` was over', () => {
  const { state } = replay(rule({ forMs: 2 * MINUTE }), '1 11 11 11')
  expect(Object.values(state.active)[0]).toMatchObject({ activeAt: MINUTE, firedAt: 3 * MINUTE, value: '11', state: 'firing' })
})

test('series are told apart by their labels, each with its own clock', () => {
  const samples = (values: Record<string, number>) => Object.entries(values).map(([job, value]) => ({ labels: { job }, value }))
  const r = rule({ forMs: MINUTE })
  const first = evaluate(r, newState, { at: 0, samples: samples({ a: 11, b: 1 }) })
  const second = evaluate(r, first.state, { at: MINUTE, samples: samples({ a: 11, b: 11 }) })
  expect(Object.values(second.state.active).map((a) => [a.labels.job, a.state])).toEqual([
    ['a', 'firing'],
    ['b', 'pending'],
  ])
})

test('two series that are one after the labels of the rule are an error that changes nothing', () => {
  const before = replay(rule(), '11').state
  const samples = [1, 2].map((n) => ({ labels: { instance: String(n) }, value: 11 }))
  const { state, transitions } = evaluate(rule({ labels: { instance: 'all' } }), before, { at: MINUTE, samples })
  expect({ active: state.active, transitions, trouble: state.trouble?.kind }).toEqual({
    active: before.active,
    transitions: [],
    trouble: 'query',
  })
})

test('more series than the limit: none is active, and the rule says why', () => {
  const samples = [1, 2, 3].map((n) => ({ labels: { instance: String(n) }, value: 11 }))
  const two = evaluate(rule({ limit: 2 }), newState, { at: 0, samples: samples.slice(0, 2) })
  const three = evaluate(rule({ limit: 2 }), two.state, { at: MINUTE, samples })
  expect(Object.keys(two.state.active)).toHaveLength(2)
  expect(three.state).toMatchObject({ active: {}, trouble: { message: 'exceeded limit of 2 with 3 alerts' } })
  expect(three.transitions.map((t) => t.to)).toEqual(['inactive', 'inactive'])
})

test('templates of labels and annotations see the series and its value', () => {
  const r = rule({
    labels: { tier: '{{ $labels.job | toUpper }}' },
    annotations: { summary: '{{ $labels.job }} takes {{ $value | humanizeDuration }}' },
  })
  const texts: Texts = (text, facts, at) => expand(text, facts, { at, externalUrl: '', answers: () => [] })
  const seen = { at: 0, samples: [{ labels: { job: 'api' }, value: 75 }] }
  const { state } = evaluate(r, newState, seen, undefined, namingOf(r, texts), texts)
  expect(Object.values(state.active)[0]).toMatchObject({ labels: { tier: 'API' }, annotations: { summary: 'api takes 1m 15s' } })
})

test('a state survives JSON, NaN and infinities included', () => {
  const r = rule({ condition: null })
  const { state } = evaluate(r, newState, {
    at: 0,
    samples: [
      { labels: { a: '1' }, value: Number.NaN },
      { labels: { a: '2' }, value: Number.POSITIVE_INFINITY },
    ],
  })
  expect(JSON.parse(JSON.stringify(state))).toEqual(state)
  expect(Object.values(state.active).map((a) => a.value)).toEqual(['NaN', '+Inf'])
})

test('instants nobody looked at: within the hour pending goes on, after it pending begins anew and firing stays', () => {
  const pending = replay(rule({ forMs: 5 * MINUTE }), '11 11').state
  const firing = replay(rule(), '11 11').state
  const short = skipped(pending, { from: 2 * MINUTE, to: 4 * MINUTE, count: 3 })
  const long = skipped(pending, { from: 2 * MINUTE, to: 90 * MINUTE, count: 89 })
  expect(standing(short.state)).toBe('pending')
  expect(long.state).toMatchObject({ active: {}, at: 90 * MINUTE, missed: { count: 89 } })
  expect(long.transitions).toMatchObject([{ from: 'pending', to: 'inactive' }])
  expect(standing(skipped(firing, { from: 2 * MINUTE, to: 90 * MINUTE, count: 89 }).state)).toBe('firing')
})
