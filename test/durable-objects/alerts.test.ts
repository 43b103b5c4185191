import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { expect, test, vi } from 'vitest'
import { stubs } from '../../durable-objects/stubs.ts'
import { newId } from '../../shared/ids.ts'
import { type AlertState, newState } from '../../shared/metrics/alerts/evaluate.ts'
import { offsetOf } from '../../shared/metrics/alerts/schedule.ts'
import { Labels } from '../../shared/metrics/promql/labels.ts'
import { MemoryStorage } from '../../shared/metrics/promql/memory.ts'
import { evaluateRules } from '../../workers/evaluating.ts'
import { stored } from '../api/prometheus-garden.ts'
import { aTeam, env } from '../given.ts'

const MINUTE = 60_000
const until = { timeout: 20_000, interval: 100 }
const object = (team: string): any => stubs.alerts(team)

/** A team with a gauge, `of(minutes before now)`, and an alert `level > 10` every minute that has been evaluated once. */
async function given(of: (before: number) => number, more: object = {}, minutes = 40) {
  const team = await aTeam()
  const end = Math.floor(Date.now() / 1000) * 1000
  const memory = new MemoryStorage()
  memory.append(Labels.of({ __name__: 'level', tank: 'a' }), Array.from({ length: minutes * 6 }, (_, i) => ({ at: end - i * 10_000, value: of((i * 10_000) / MINUTE) }))) // biome-ignore format: one line
  await stored(team.team, memory)
  const { body } = await team.api('POST', '/api/metrics/alerts', { name: 'Full', query: 'level', condition: 'GT', threshold: 10, ...more })
  const facts = await vi.waitFor(async () => {
    const [facts] = await stubs.alerts(team.team).read([body.id])
    expect(facts?.evaluatedAt).toBeTruthy()
    return facts!
  }, until)
  return { ...team, id: body.id as string, facts }
}

/** As if the object had last evaluated `back` minutes ago, with this state, and had then been away. */
async function wasAway(team: string, id: string, back: number, state: Partial<AlertState> = {}) {
  const at = Math.floor(Date.now() / MINUTE - back) * MINUTE + offsetOf(id, MINUTE)
  await runInDurableObject(object(team), (_: unknown, { storage }: DurableObjectState) => {
    storage.sql.exec('UPDATE units SET evaluated = ?, next_at = 0 WHERE id = ?', at, id)
    storage.sql.exec('UPDATE rules SET state = ? WHERE id = ?', JSON.stringify({ ...newState, at, ...state }), id)
  })
  await evictDurableObject(object(team))
  await runDurableObjectAlarm(object(team))
  return at
}
const read = (team: string, id: string) => stubs.alerts(team).read([id]).then((f) => f[0]!) // biome-ignore format: one line
const isCaughtUp = (team: string, id: string, since: number) =>
  vi.waitFor(async () => {
    const facts = await read(team, id)
    expect(facts.evaluatedAt).toBeGreaterThan(since + 2 * MINUTE)
    return facts
  }, until)

test('what was missed while away is evaluated instant by instant: `for` is over when it was over, not when somebody looked', async () => {
  // high for the last ten minutes; five minutes of `for` ended five minutes ago
  const t = await given((before) => (before < 10 ? 50 : 1), { for: 300, create_incident: false })
  const since = await wasAway(t.team, t.id, 20)
  const facts = await isCaughtUp(t.team, t.id, since)
  expect(facts).toMatchObject({ state: 'firing', missed: null, trouble: null })
  const [active] = facts.active
  expect(active!.firedAt! - active!.activeAt).toBe(5 * MINUTE)
  expect((active!.activeAt - offsetOf(t.id, MINUTE)) % MINUTE).toBe(0)
  expect(Date.now() - active!.activeAt).toBeGreaterThan(8 * MINUTE)
}, 40_000)

test('what began and ended while away is told too, and opens and resolves its incident', async () => {
  const t = await given((before) => (before > 5 && before < 12 ? 50 : 1))
  expect(t.facts.state).toBe('inactive')
  await wasAway(t.team, t.id, 20)
  await vi.waitFor(async () => {
    const { data } = (await t.api('GET', '/api/incidents')).body
    expect(data).toMatchObject([{ status: 'RESOLVED', resolved_by: { type: 'alert', name: 'Full' } }])
  }, until)
}, 40_000)

test('more than an hour away: the gap is declared, pending begins anew, firing stays until somebody looked', async () => {
  const t = await given(() => 50, { for: 600, create_incident: false }, 90)
  const active = { labels: { alertname: 'Full', tank: 'a' }, annotations: {}, state: 'pending' as const, value: '50', activeAt: Date.now() - 200 * MINUTE, firedAt: null, keepFiringSince: null } // biome-ignore format: one shape
  const key = Labels.of(active.labels).key
  const since = await wasAway(t.team, t.id, 180, { active: { [key]: active } })
  const facts = await isCaughtUp(t.team, t.id, since)
  expect(facts.missed?.count).toBeGreaterThan(100)
  // the hour that was caught up is enough for ten minutes of `for`, counted from its own first instant
  expect(facts.active[0]!.activeAt).toBeGreaterThan(facts.missed!.to)
}, 40_000)

test('what was saved and not told before an eviction is told after it, once', async () => {
  const t = await given(() => 1)
  const intent = {
    id: newId(), team: t.team, cause: { type: 'alert', id: t.id, name: 'Full' }, what: '50 is above 10', policyId: null, severity: 'sev2', startedAt: Date.now(),
    verdictAt: Date.now(), why: [], votes: [], email: true,
  } // biome-ignore format: an intent
  await runInDurableObject(object(t.team), (_: unknown, { storage }: DurableObjectState) => {
    for (let i = 0; i < 2; i++) storage.sql.exec('INSERT INTO calls (rule, doc) VALUES (?, ?)', t.id, JSON.stringify({ open: intent }))
  })
  await evictDurableObject(object(t.team))
  await stubs.alerts(t.team).arm()
  await vi.waitFor(async () => expect((await t.api('GET', '/api/incidents')).body.data).toHaveLength(1), until)
}, 40_000)

test('a ClickHouse that does not answer is unavailable, a wrong query is the query’s own fault', async () => {
  const asking = { team: newId(), source: newId(), start: MINUTE, end: MINUTE, step: MINUTE, offsetMs: 0, intervalMs: MINUTE }
  const rule = { kind: 'alert' as const, id: 'r', expr: 'up', keep: null }
  expect(await evaluateRules({ ...env, CLICKHOUSE_URL: 'http://127.0.0.1:9' }, { ...asking, rules: [rule] })).toMatchObject([
    { error: { kind: 'unavailable' } },
  ])
  expect(await evaluateRules(env, { ...asking, rules: [{ ...rule, id: 'wrong', expr: 'sum(' }, rule] })).toMatchObject([
    { error: { kind: 'query' } },
    { series: [] },
  ])
})

test('an object that was never told of a team holds nothing and writes nothing', async () => {
  const team = newId()
  expect(await stubs.alerts(team).read([newId()])).toEqual([])
  expect(await stubs.alerts(team).all()).toEqual([])
})
