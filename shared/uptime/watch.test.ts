import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { typedOver } from './monitor.ts'
import { type State, unknown } from './verdict.ts'
import { type Held, intentOf, isSlow, nextTurn, notCounted, restated, specOf, stoodStill, turnOf } from './watch.ts'

const monitor = (more: object = {}) => ({
  ...typedOver(null, { url: 'https://a.example.com', name: 'A' }, 0), id: newId(), team: newId(), number: 1, shard: 0, created_at: 0, updated_at: 0, deleted_at: null, ...more,
}) // biome-ignore format: a row
const held = (state: Partial<State> = {}, more: Partial<Held> = {}): Held => ({
  v: 1, monitor: monitor(), paused: false, state: { ...unknown(), ...state }, status: 'pending', statusSince: 5, incident: null, lastCheckedAt: null, rev: 1, headDue: false, ...more,
}) // biome-ignore format: a row

test('turns come once a period, after the last one, and always at the same place in it', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 5, max: 86_400 }), fc.integer({ min: 0, max: 2e12 }), (id, check_frequency, at) => {
      const m = { id, check_frequency }
      const turn = nextTurn(m, at)
      expect(turn).toBeGreaterThan(at)
      expect(turn - at).toBeLessThanOrEqual(check_frequency * 1000)
      expect(nextTurn(m, turn)).toBe(turn + check_frequency * 1000)
      expect(nextTurn(m, turn - 1)).toBe(turn)
    }),
  )
})

test('ten thousand monitors are spread over their period', () => {
  const perSecond = new Map<number, number>()
  for (let i = 0; i < 10_000; i++) {
    const second = Math.floor(nextTurn({ id: newId(), check_frequency: 30 }, 1e12) / 1000)
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1)
  }
  expect(Math.max(...perSecond.values())).toBeLessThan(450)
})

test('the status has its own clock: it starts when what people see changes', () => {
  expect(restated(held(), false, 99)).toMatchObject({ status: 'pending', statusSince: 5 })
  expect(restated(held({ phase: 'up' }), false, 99)).toMatchObject({ status: 'up', statusSince: 99 })
  expect(restated(held({ phase: 'up' }), true, 99)).toMatchObject({ status: 'maintenance', statusSince: 99 })
  expect(restated(held({ phase: 'down' }, { paused: true }), true, 99)).toMatchObject({ status: 'paused', statusSince: 99 })
})

test('a spec carries opened secrets and nothing of where they were kept', () => {
  const m = monitor({ auth_username: 'u', auth_password: 'sealed', request_headers: [{ name: 'X', value: 'sealed' }], request_timeout: 7 })
  expect(specOf(m, { auth_password: 'plain', request_headers: [{ name: 'X', value: 'v' }] }, 'eu', 'r')).toMatchObject({
    region: 'eu', round: 'r', headers: { X: 'v' }, username: 'u', password: 'plain', timeoutMs: 7000, type: 'status', url: 'https://a.example.com',
  }) // biome-ignore format: a row
})

test('a check that may be slow or is not known to be quick has a connection of its own', () => {
  const last = (outcome: 'up' | 'down', totalMs: number) => ({
    eu: { region: 'eu' as const, outcome, error: null, status: 200, totalMs, at: 0, place: 'eu' },
  })
  expect([isSlow(held()), isSlow(held({ phase: 'up' })), isSlow(held({ phase: 'down' }))]).toEqual([true, false, true])
  expect([
    isSlow(held({ phase: 'up', last: last('up', 100) })),
    isSlow(held({ phase: 'up', last: last('up', 3000) })),
    isSlow(held({ phase: 'up', last: last('down', 10) })),
  ]).toEqual([false, true, true])
})

test('an intent says what people need first, since the first failed check', () => {
  const answer = (region: 'eu' | 'us', outcome: 'up' | 'down') => ({
    region,
    outcome,
    error: outcome === 'down' ? ('status' as const) : null,
    status: outcome === 'down' ? 503 : 200,
    totalMs: 5,
    at: 10,
    place: region,
  })
  const h = held({
    phase: 'down',
    firstFailedAt: 10,
    round: { id: 'r', startedAt: 11, answers: { eu: answer('eu', 'down'), us: answer('us', 'up') } },
  })
  expect(intentOf(h, 'i', ['why'], 20)).toMatchObject({
    id: 'i',
    team: h.monitor.team,
    cause: { type: 'monitor', id: h.monitor.id, name: 'A' },
    what: '503 from 1 of 4 regions',
    startedAt: 10,
    verdictAt: 20,
    votes: [{ region: 'eu' }, { region: 'us' }],
  })
})

test.each<[string, Partial<{ askedAt: number; answeredAt: number; stalledAt: number }>, string | null]>([
  ['on time', {}, null],
  ['as slow as its timeout and five seconds', { answeredAt: 120_000 }, null],
  ['slower than that', { answeredAt: 120_001 }, 'we were 5 s late, so no verdict'],
  ['asked before we stood still', { stalledAt: 100_500 }, 'we stood still meanwhile, so no verdict'],
  ['asked after we stood still', { stalledAt: 99_999 }, null],
])('an answer that was %s', (_, t, why) => {
  const m = monitor({ request_timeout: 15, check_frequency: 30 })
  expect(notCounted(held({}, { monitor: m }), { askedAt: 100_000, answeredAt: 100_200, stalledAt: 0, ...t })).toBe(why)
})

test('an answer for a paused monitor decides nothing, and a clock may be five seconds late', () => {
  expect(notCounted(held({}, { paused: true }), { askedAt: 0, answeredAt: 1, stalledAt: -1 })).toBe('paused, so no verdict')
  expect([stoodStill(1000, 6000), stoodStill(1000, 6001), stoodStill(Number.POSITIVE_INFINITY, 9e15)]).toEqual([false, true, false])
})

test('a monitor’s turns go round the regions, one a period; what a shard has due together is one region’s, four shards are in four', () => {
  const period = 30_000
  const region = (shard: number, at: number) => turnOf({ shard, check_frequency: 30 }, at) % 4
  const at = 1_000_000 * period + 7000
  expect([0, 1, 2, 3, 4].map((n) => (region(3, at + n * period) - region(3, at) + 4) % 4)).toEqual([0, 1, 2, 3, 0])
  expect(region(3, at + 9000)).toBe(region(3, at))
  expect(new Set([0, 1, 2, 3].map((shard) => region(shard, at))).size).toBe(4)
  // taken a step early it is the same turn
  expect(region(3, 1_000_000 * period - 250)).toBe(region(3, 1_000_000 * period))
})
