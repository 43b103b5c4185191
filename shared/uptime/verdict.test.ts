import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CheckResult, type Region, regions } from './checks/spec.ts'
import { ask, judge, nextAskAt, ROUND_MS, type Rules, resumed, type State, statusOf, unknown, votesOf, whatFailed } from './verdict.ts'

const rules = (more: Partial<Rules> = {}): Rules => ({ regions, quorum: 3, confirmationMs: 0, recoveryMs: 0, maintenance: false, ...more })
type Seen = 'up' | 'down' | 'lost'
const result = (region: Region, seen: 'up' | 'down', round: string | null, at: number, colo: string | null = null): CheckResult => ({
  monitor: 'm', region, round, at, colo, outcome: seen, error: seen === 'up' ? null : 'status', status: seen === 'up' ? 200 : 503,
  ttfbMs: 10, totalMs: 20, bytes: 3, excerpt: null,
}) // biome-ignore format: one row

/** Asks once and hands in what the world answers, one answer at a time. */
function look(state: State, r: Rules, at: number, world: (region: Region) => Seen, place: (region: Region) => string | null = () => null) {
  const asked = ask(state, r, `round-${at}`, at)
  let now = asked.state
  const effects: string[] = []
  let why: string[] = []
  for (const region of asked.regions) {
    const seen = world(region)
    if (seen === 'lost') continue
    const v = judge(now, r, [result(region, seen, asked.round, at, place(region))], at)
    now = v.state
    why = v.why
    if (v.effect !== 'nothing') effects.push(v.effect)
  }
  return { state: now, effects, why, asked: asked.regions.length }
}

/** A monitor's life as its shard runs it: a turn or a full round each period, rounds every 5 s while in doubt. */
function live(r: Rules | ((at: number) => Rules), periodMs: number, untilMs: number, world: (region: Region, at: number) => Seen) {
  const rulesAt = typeof r === 'function' ? r : () => r
  const effects: [at: number, effect: string][] = []
  const rounds: number[] = []
  let state = unknown()
  for (let at = 0, nextPeriod = 0; at <= untilMs; ) {
    const looked = look(state, rulesAt(at), at, (region) => world(region, at))
    state = looked.state
    if (looked.asked > 1) rounds.push(at)
    effects.push(...looked.effects.map((effect): [number, string] => [at, effect]))
    while (nextPeriod <= at) nextPeriod += periodMs
    const next = nextAskAt(state, rulesAt(at), nextPeriod)
    at = Math.max(next, at + (next ? 0 : 1))
  }
  return { effects, rounds, state }
}

const upState = (): State => ({ ...unknown(), phase: 'up' })
const inDoubt = (): State => judge(upState(), rules(), [result('us', 'down', null, 0)], 0).state
const downState = (): State => ({ ...upState(), phase: 'down' })

describe('turns', () => {
  test('each period one region checks, in rotation', () => {
    let state = upState()
    const asked: (readonly Region[])[] = []
    for (let i = 0; i < 6; i++) {
      const next = ask(state, rules(), 'id', i)
      expect(next.round).toBeNull()
      asked.push(next.regions)
      state = next.state
    }
    expect(asked).toEqual([['us'], ['eu'], ['as'], ['au'], ['us'], ['eu']])
  })
  test('the first good answer makes a pending monitor up', () => {
    const v = judge(unknown(), rules(), [result('eu', 'up', null, 5)], 6)
    expect([v.state.phase, v.state.validating, v.effect, v.why]).toEqual(['up', false, 'nothing', ['eu: 200']])
  })
  test('a failure opens a round from all regions at once, and is no verdict by itself', () => {
    for (const before of [upState(), unknown()]) {
      const v = judge(before, rules(), [result('eu', 'down', null, 5)], 6)
      expect(v).toMatchObject({ effect: 'nothing', state: { phase: before.phase, validating: true, firstFailedAt: 5 } })
      expect(v.why).toEqual(['eu: 503', '1 region failed; asking all 4 now'])
      expect(nextAskAt(v.state, rules(), 30_000)).toBe(0)
      expect(ask(v.state, rules(), 'r1', 7)).toMatchObject({ regions, round: 'r1' })
    }
  })
  test('an answer that belongs to no open round decides nothing', () => {
    expect(judge(upState(), rules(), [result('eu', 'down', 'old', 5)], 6)).toMatchObject({
      effect: 'nothing',
      state: { validating: false },
    })
    const open = ask(inDoubt(), rules(), 'r1', 10).state
    for (const round of [null, 'r0']) {
      const v = judge(
        open,
        rules(),
        regions.map((r) => result(r, 'down', round, 11)),
        12,
      )
      expect([v.effect, v.state.phase, v.state.round?.answers]).toEqual(['nothing', 'up', {}])
    }
  })
})

describe('every round there can be', () => {
  const outcomes = (n: number): Seen[][] =>
    n ? outcomes(n - 1).flatMap((o) => (['up', 'down', 'lost'] as const).map((s) => [...o, s])) : [[]]
  for (let n = 1; n <= 4; n++)
    for (let quorum = 1; quorum <= n; quorum++)
      test(`${n} regions, quorum ${quorum}`, () => {
        const r = rules({ regions: regions.slice(0, n), quorum })
        for (const seen of outcomes(n)) {
          const world = (region: Region) => seen[regions.indexOf(region)]!
          const [failing, good] = [seen.filter((s) => s === 'down').length, seen.filter((s) => s === 'up').length]
          const lost = n - failing - good
          const label = `${seen} of quorum ${quorum}`

          const doubt = look({ ...inDoubt() }, r, 10, world)
          const wentDown = failing >= quorum
          const cleared = failing + lost < quorum
          expect([label, doubt.effects]).toEqual([label, wentDown ? ['went-down'] : []])
          expect([label, doubt.state.phase, doubt.state.validating]).toEqual([label, wentDown ? 'down' : 'up', !wentDown && !cleared])

          const down = look(downState(), r, 10, world)
          const cameUp = good >= quorum && failing + lost < quorum
          expect([label, down.effects]).toEqual([label, cameUp ? ['came-up'] : []])
          expect([label, down.state.phase, down.state.validating]).toEqual([label, cameUp ? 'up' : 'down', false])
        }
      })
  test('the order in which answers come changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<Seen>('up', 'down', 'lost'), { minLength: 4, maxLength: 4 }), fc.shuffledSubarray([...regions], { minLength: 4 }), fc.integer({ min: 1, max: 4 }), fc.boolean(),
        (seen, order, quorum, wasDown) => {
          const start = wasDown ? downState() : inDoubt()
          const r = rules({ quorum })
          const results = order.flatMap((region) => {
            const s = seen[regions.indexOf(region)]!
            return s === 'lost' ? [] : [result(region, s, 'r', 10)]
          })
          const open = ask(start, r, 'r', 10).state
          const together = judge(open, r, results, 11)
          let one = open
          const effects: string[] = []
          for (const each of results) {
            const v = judge(one, r, [each], 11)
            one = v.state
            if (v.effect !== 'nothing') effects.push(v.effect)
          }
          expect([one.phase, one.validating]).toEqual([together.state.phase, together.state.validating])
          expect(effects).toEqual(together.effect === 'nothing' ? [] : [together.effect])
        }),
    ) // biome-ignore format: one property
  })
  test('it decides with the answer that settles it, not with the last', () => {
    const open = ask(inDoubt(), rules(), 'r', 10).state
    const two = judge(open, rules(), [result('us', 'down', 'r', 10), result('eu', 'down', 'r', 10)], 11)
    expect([two.effect, two.state.validating]).toEqual(['nothing', true])
    const three = judge(two.state, rules(), [result('as', 'down', 'r', 10)], 12)
    expect(three.effect).toBe('went-down')
    expect(three.why).toEqual(['us: 503', 'eu: 503', 'as: 503', '3 of 4 failed, quorum 3', 'down: failing for 0 s'])
    const late = judge(three.state, rules(), [result('au', 'up', 'r', 10)], 13)
    expect([late.effect, late.state.phase]).toEqual(['nothing', 'down'])
    expect(votesOf(late.state)).toHaveLength(4)
  })
})

describe('quorum counts distinct places', () => {
  const twoTogether = (region: Region) => (region === 'us' || region === 'eu' ? 'FRA' : region)
  test('two regions that ran in one place are one witness', () => {
    let state = inDoubt()
    // first round tells where they run
    state = look(state, rules(), 10, (r) => (r === 'us' || r === 'eu' ? 'down' : 'up'), twoTogether).state
    expect([state.phase, state.validating]).toEqual(['up', false])
    const three = look({ ...state, validating: true }, rules(), 20, (r) => (r === 'au' ? 'up' : 'down'), twoTogether)
    expect(three.effects).toEqual([])
    const all = look({ ...state, validating: true }, rules(), 20, () => 'down', twoTogether)
    expect(all.effects).toEqual(['went-down'])
  })
  test('a quorum larger than the number of places is all of them', () => {
    const state = look(
      inDoubt(),
      rules(),
      10,
      () => 'up',
      () => 'FRA',
    ).state
    expect(
      look(
        { ...state, validating: true },
        rules(),
        20,
        () => 'down',
        () => 'FRA',
      ).effects,
    ).toEqual(['went-down'])
  })
})

describe('confirmation and recovery', () => {
  const minutes = (n: number) => n * 60_000
  test('down when the quorum has failed for the confirmation period, asked every 5 s until then', () => {
    const { effects, rounds } = live(rules({ confirmationMs: 60_000 }), 30_000, minutes(3), (_, at) => (at >= 60_000 ? 'down' : 'up'))
    const [[at, effect]] = effects as [[number, string]]
    expect(effect).toBe('went-down')
    expect(at - 60_000).toBeGreaterThanOrEqual(60_000)
    expect(at - 60_000).toBeLessThan(60_000 + 2 * ROUND_MS)
    const asked = rounds.filter((t) => t <= at)
    expect(asked.slice(1).every((t, i) => t - asked[i]! === ROUND_MS)).toBe(true)
  })
  test('a failure shorter than the confirmation period opens nothing', () => {
    const { effects } = live(rules({ confirmationMs: 60_000 }), 30_000, minutes(5), (_, at) =>
      at >= 60_000 && at < 115_000 ? 'down' : 'up',
    )
    expect(effects).toEqual([])
  })
  test('one good round begins the confirmation anew', () => {
    const { effects } = live(rules({ confirmationMs: 60_000 }), 30_000, minutes(10), (_, at) =>
      at > 60_000 && at % 50_000 < 6000 ? 'up' : at > 60_000 ? 'down' : 'up',
    )
    expect(effects).toEqual([])
  })
  test('up again only when the quorum has answered well for the recovery period, and the doubt is shown', () => {
    const r = rules({ recoveryMs: 180_000 })
    const { effects } = live(r, 30_000, minutes(10), (_, at) => (at >= 60_000 && at < 120_000 ? 'down' : 'up'))
    expect(effects.map(([, e]) => e)).toEqual(['went-down', 'came-up'])
    expect(effects[1]![0] - 120_000).toBeGreaterThanOrEqual(180_000)
    expect(effects[1]![0] - 120_000).toBeLessThan(180_000 + 30_000 + ROUND_MS)
    const recovering = look(downState(), r, 10, () => 'up').state
    expect([statusOf(recovering, false, false), recovering.phase]).toEqual(['validating', 'down'])
    expect(look(recovering, r, 20, (x) => (x === 'us' || x === 'eu' ? 'down' : 'up')).state).toMatchObject({
      validating: false,
      goodSince: null,
      phase: 'down',
    })
  })
  test('a long period does not hold up a recovery, and a recovery asks no more often than it must', () => {
    const r = rules({ recoveryMs: 180_000 })
    const { effects, rounds } = live(r, 3_600_000, 3 * 3_600_000, (_, at) => (at < 3_000_000 ? 'down' : 'up'))
    expect(effects).toEqual([
      [1, 'went-down'],
      [3_600_000 + 180_000, 'came-up'],
    ])
    expect(rounds).toEqual([1, 3_600_000, 3_780_000])
  })
  test('a recovery whose last round lacks answers is asked again after 5 s, not at once', () => {
    const recovering: State = { ...downState(), validating: true, goodSince: 0, round: { id: 'r', startedAt: 200_000, answers: {} } }
    expect(nextAskAt(recovering, rules({ recoveryMs: 180_000 }), 900_000)).toBe(205_000)
    expect(nextAskAt(recovering, rules({ recoveryMs: 180_000 }), 201_000)).toBe(201_000)
  })
  test('while down every period is a full round', () => {
    const { rounds } = live(rules(), 30_000, minutes(5), () => 'down')
    const after = rounds.filter((t) => t > 1000)
    expect(after.length).toBeGreaterThan(8)
    expect(after.slice(1).every((t, i) => t - after[i]! === 30_000)).toBe(true)
  })
  test('with both periods 0 the first round decides, either way', () => {
    const { effects } = live(rules(), 10_000, 60_000, (_, at) => (at >= 20_000 && at < 40_000 ? 'down' : 'up'))
    expect(effects).toEqual([
      [20_001, 'went-down'],
      [40_000, 'came-up'],
    ])
  })
})

describe('for every life there can be', () => {
  const lives = fc
    .record({
      n: fc.integer({ min: 1, max: 4 }),
      q: fc.integer({ min: 1, max: 4 }),
      confirmationMs: fc.constantFrom(0, 7000, 60_000),
      recoveryMs: fc.constantFrom(0, 9000, 180_000),
      periodMs: fc.constantFrom(10_000, 30_000),
      // what each region answers in each stretch of 20 s
      stretches: fc.array(fc.array(fc.constantFrom<Seen>('up', 'up', 'down', 'lost'), { minLength: 4, maxLength: 4 }), {
        minLength: 5,
        maxLength: 40,
      }),
    })
    .map(({ q, n, ...rest }) => ({ n, q: Math.min(q, n), ...rest }))
  const world = (stretches: Seen[][]) => (region: Region, at: number) =>
    stretches[Math.min(stretches.length - 1, Math.floor(at / 20_000))]![regions.indexOf(region)]!

  test('one region failing alone for 10 minutes opens nothing, whatever the quorum above one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...regions),
        fc.integer({ min: 2, max: 4 }),
        fc.constantFrom(5000, 10_000, 30_000),
        (bad, quorum, period) => {
          const { effects, state } = live(rules({ quorum }), period, 600_000, (region) => (region === bad ? 'down' : 'up'))
          expect(effects).toEqual([])
          expect(statusOf(state, false, false)).not.toBe('down')
          expect(state.last[bad]?.outcome).toBe('down')
        },
      ),
    )
  })
  test('fewer failing regions than the quorum never open one, however long and however they alternate', () => {
    fc.assert(
      fc.property(lives, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), ({ n, q, periodMs }, picks) => {
        const chosen = new Map<number, Set<number>>()
        const failing = (at: number) => {
          const slot = Math.floor(at / 7000)
          if (!chosen.has(slot)) chosen.set(slot, new Set(Array.from({ length: q - 1 }, () => picks.next().value as number)))
          return chosen.get(slot)!
        }
        const r = rules({ regions: regions.slice(0, n), quorum: q })
        expect(live(r, periodMs, 600_000, (region, at) => (failing(at).has(regions.indexOf(region)) ? 'down' : 'up')).effects).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
  test('verdicts alternate, and each has its quorum at that moment', () => {
    fc.assert(
      fc.property(lives, ({ n, q, confirmationMs, recoveryMs, periodMs, stretches }) => {
        const among = regions.slice(0, n)
        const w = world(stretches)
        const { effects } = live(rules({ regions: among, quorum: q, confirmationMs, recoveryMs }), periodMs, stretches.length * 20_000, w)
        effects.forEach(([at, effect], i) => {
          expect(effect).toBe(i % 2 ? 'came-up' : 'went-down')
          const wanted = effect === 'went-down' ? 'down' : 'up'
          expect(among.filter((region) => w(region, at) === wanted).length).toBeGreaterThanOrEqual(q)
        })
      }),
      { numRuns: 300 },
    )
  })
  test('a total failure is found within a period, the rounds of its confirmation, and one more', () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 0, max: 60_000 }), ({ n, q, confirmationMs, periodMs }, since) => {
        const { effects } = live(
          rules({ regions: regions.slice(0, n), quorum: q, confirmationMs }),
          periodMs,
          since + periodMs + confirmationMs + 3 * ROUND_MS,
          (_, at) => (at >= since ? 'down' : 'up'),
        )
        expect(effects.map(([, e]) => e)).toEqual(['went-down'])
      }),
    )
  })
  test('answers that never come are no failure and no recovery', () => {
    fc.assert(
      fc.property(lives, ({ n, q, periodMs }) => {
        const r = rules({ regions: regions.slice(0, n), quorum: q })
        expect(live(r, periodMs, 300_000, (_, at) => (at < 30_000 ? 'up' : 'lost')).effects).toEqual([])
        expect(live(r, periodMs, 300_000, (_, at) => (at < 30_000 ? 'down' : 'lost')).effects.map(([, e]) => e)).toEqual(['went-down'])
      }),
    )
  })
})

describe('windows, pauses, restarts', () => {
  test('in a maintenance window a failure opens no round and no verdict, and counts again after it', () => {
    const inside = rules({ maintenance: true })
    expect(judge(upState(), inside, [result('eu', 'down', null, 5)], 6)).toMatchObject({
      effect: 'nothing',
      state: { validating: false, phase: 'up' },
    })
    const cut = look(inDoubt(), inside, 10, () => 'down')
    expect([cut.effects, cut.state.phase, cut.state.validating]).toEqual([[], 'up', false])
    const { effects } = live(
      (at) => rules({ maintenance: at < 300_000 }),
      30_000,
      400_000,
      () => 'down',
    )
    expect(effects.map(([, e]) => e)).toEqual(['went-down'])
    expect(effects[0]![0]).toBeGreaterThanOrEqual(300_000)
  })
  test('what was down before the window may come up within it', () => {
    expect(look(downState(), rules({ maintenance: true }), 10, () => 'up').effects).toEqual(['came-up'])
  })
  test('a pause lies over a window, a window over the verdict', () => {
    expect([statusOf(downState(), true, true), statusOf(downState(), false, true), statusOf(downState(), false, false)]).toEqual([
      'paused',
      'maintenance',
      'down',
    ])
    expect([statusOf(inDoubt(), false, false), statusOf(unknown(), false, false)]).toEqual(['validating', 'pending'])
  })
  test('after a long gap nothing counts as held; after a short one it does; the verdict stands', () => {
    const held: State = { ...inDoubt(), failingSince: 1000, round: { id: 'r', startedAt: 1000, answers: {} } }
    expect(resumed(held, 600_000)).toMatchObject({ failingSince: null, round: null, phase: 'up', validating: true })
    expect(resumed(held, 1000)).toMatchObject({ failingSince: 1000, round: null })
    expect(resumed(downState(), 600_000)).toMatchObject({ phase: 'down' })
    expect(look(resumed(held, 600_000), rules({ confirmationMs: 60_000 }), 700_000, () => 'down').effects).toEqual([])
  })
})

test('what failed is said in the word most regions saw', () => {
  const vote = (region: Region, error: 'status' | 'timeout' | null) => ({
    region,
    outcome: error ? ('down' as const) : ('up' as const),
    error,
    status: error === 'status' ? 503 : null,
    totalMs: 1,
  })
  expect(whatFailed([vote('us', 'status'), vote('eu', 'status'), vote('as', 'timeout')], 4)).toBe('503 from 3 of 4 regions')
  expect(whatFailed([vote('us', 'timeout'), vote('eu', null)], 2)).toBe('timeout from 1 of 2 regions')
  expect(whatFailed([vote('us', 'status')], 1)).toBe('503')
})
