import fc from 'fast-check'
import type { ScheduleDefinition } from '../shared/oncall/definition.ts'
import { disagreement } from '../shared/oncall/fuzz/agree.ts'
import { aSchedule } from '../shared/oncall/fuzz/schedules.ts'
import { zones } from '../shared/oncall/fuzz/walk.ts'
import { shifts, whoIsOnCall } from '../shared/oncall/schedule.ts'
import { runTocsin } from '../test/process/runner.ts'
import { type Bench, type Figure, quantile } from './bench.ts'

const SCHEDULES = 1000
const DAY = 86_400_000
/** `ONCALL_CASES` for a shorter or longer run. */
const CASES = Number(process.env.ONCALL_CASES ?? 100_000)
/** API reads, DESIGN §9. */
const READ_P95_MS = 50

/**
 * Schedules: random ones against a walk minute by minute, 90 days of shifts of 1,000, and who is on call over HTTP in a team of 1,000
 * schedules. Incidents all at once are `npm run bench storm`.
 */
export const bench: Bench = {
  name: 'oncall',
  run: async () => [...property(), ...rules(), ...(await http())],
}

/** Shifts, gaps, single answers and handoffs around clock changes agree with the walk, or this throws with the counterexample. */
function property(): Figure[] {
  const began = performance.now()
  const check = fc.property(aSchedule, ({ def, change }) => {
    const why = disagreement(def, change)
    if (why) throw new Error(why)
  })
  fc.assert(check, { numRuns: CASES })
  return [
    { metric: 'random schedules that agree with a minute walk', value: CASES, unit: 'cases' },
    { metric: 'zones whose clocks change 2020 to 2040', value: zones.length, unit: 'zones' },
    { metric: 'time for them', value: (performance.now() - began) / 1000, unit: 's' },
  ]
}

/** Weekly, daily and 12 h rotations in turn, two layers each, in every zone. */
const schedule = (i: number): ScheduleDefinition => {
  const start = Date.UTC(2025, 11, 1 + (i % 7), i % 24)
  const participants = Array.from({ length: 3 + (i % 5) }, (_, n) => `p${n}`)
  const type = (['weekly', 'daily', 'custom'] as const)[i % 3]!
  const rotation = { type, interval: 1, hours: type === 'custom' ? 12 : null, split: null, start, end: null, participants, turn: 0 }
  const office = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, from: '09:00', to: '17:00' }]
  const layers = [rotation, { ...rotation, turn: 1 }].map((r, n) => ({
    id: `l${n}`,
    name: `L${n}`,
    calendar: null,
    restrictions: n ? office : [],
    rotation: r,
  }))
  return { v: 1, id: `s${i}`, name: `S${i}`, versions: [{ from: 0, zone: zones[i % zones.length]!, layers }], overrides: [] }
}

function rules(): Figure[] {
  const at = Date.UTC(2026, 1, 1)
  const defs = Array.from({ length: SCHEDULES }, (_, i) => schedule(i))
  let began = performance.now()
  const total = defs.reduce((n, def) => n + shifts(def, at, at + 90 * DAY).length, 0)
  const all = performance.now() - began
  const asked = defs.map((def, i) => {
    began = performance.now()
    whoIsOnCall(def, at + i * 3_600_000)
    return performance.now() - began
  })
  return [
    { metric: `${SCHEDULES} schedules × 90 days of shifts`, value: all, unit: 'ms' },
    { metric: 'shifts in them', value: total, unit: 'shifts' },
    { metric: 'who is on call, the rule alone, p95', value: quantile(asked, 0.95), unit: 'ms' },
  ]
}

async function http(): Promise<Figure[]> {
  const tocsin = await runTocsin({ env: { TOCSIN_DEMO: '0' } })
  try {
    const me = (await tocsin.api('GET', '/api/auth/members')).body.data[0].user_id as string
    const ids: string[] = []
    const made = performance.now()
    for (let i = 0; i < SCHEDULES; i += 10) ids.push(...(await Promise.all(Array.from({ length: 10 }, (_, n) => make(tocsin, i + n, me)))))
    const making = performance.now() - made
    // as scripts ask: with a key, which is known for ten seconds; the runner's own token is looked up each time
    const { key } = (await tocsin.api('POST', '/api/auth/api-keys', { name: 'Bench', scopes: ['oncall:read'] })).body
    const get = async (path: string) => {
      const r = await fetch(tocsin.url + path, { headers: { authorization: `Bearer ${key}` } })
      if (r.status !== 200) throw new Error(`${path} was answered ${r.status}`)
      await r.text()
    }
    const one = await timed(400, 10, (i) => get(`/api/oncall/who-is-oncall?schedule_id=${ids[(i * 7) % ids.length]}`))
    const range = `from=${new Date().toISOString()}&to=${new Date(Date.now() + 90 * DAY).toISOString()}`
    const quarter = await timed(200, 10, (i) => get(`/api/oncall/schedules/${ids[(i * 7) % ids.length]}/shifts?${range}`))
    const plain = await timed(400, 10, () => get('/api/oncall/policies'))
    const all = await timed(5, 1, () => get('/api/oncall/who-is-oncall'))
    const p95 = quantile(one, 0.95)
    return [
      { metric: `${SCHEDULES} schedules made over the API`, value: making / 1000, unit: 's' },
      { metric: 'GET who-is-oncall of one, 10 at once, p50', value: quantile(one, 0.5), unit: 'ms' },
      { metric: 'GET who-is-oncall of one, 10 at once, p95', value: p95, unit: 'ms', baseline: READ_P95_MS, ratio: p95 / READ_P95_MS },
      { metric: 'GET policies beside it, 10 at once, p95', value: quantile(plain, 0.95), unit: 'ms' },
      { metric: 'GET 90 days of shifts, 10 at once, p95', value: quantile(quarter, 0.95), unit: 'ms' },
      { metric: `GET who-is-oncall of all ${SCHEDULES}, median`, value: quantile(all, 0.5), unit: 'ms' },
    ]
  } finally {
    await tocsin.stop()
  }
}

type Tocsin = Awaited<ReturnType<typeof runTocsin>>
async function make(tocsin: Tocsin, i: number, me: string): Promise<string> {
  const { zone, layers } = schedule(i).versions[0]!
  const typed = layers.map(({ rotation: r, restrictions }) => ({
    rotation_type: r.type,
    ...(r.hours ? { rotation_interval_hours: r.hours } : {}),
    rotation_start: new Date(r.start).toISOString(),
    participants: [me],
    restrictions,
  }))
  const { body } = await tocsin.api('POST', '/api/oncall/schedules', { name: `Bench ${i}`, timezone: zone, layers: typed })
  return body.id
}

/** Milliseconds of each of `n` asks, `at` at a time. */
async function timed(n: number, at: number, ask: (i: number) => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  let next = 0
  const worker = async () => {
    while (next < n) {
      const began = performance.now()
      await ask(next++)
      took.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: at }, worker))
  return took
}
