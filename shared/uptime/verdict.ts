import type { Vote } from '../incidents/intent.ts'
import type { Status } from './attributes.ts'
import type { CheckResult, Region } from './checks/spec.ts'

/** What decides: taken from the monitor, times in ms. `maintenance`: a window is open now. */
export type Rules = { regions: readonly Region[]; quorum: number; confirmationMs: number; recoveryMs: number; maintenance: boolean }

/** One region's answer. `place` is where it really ran: two regions that ran in one place are one witness. */
export type Answer = Vote & { at: number; place: string }

/** One time that all regions were asked at once. */
export type Round = { id: string; startedAt: number; answers: Partial<Record<Region, Answer>> }

/**
 * Everything a verdict remembers of a monitor. `phase` is the verdict that stands; `validating` says that it is in doubt
 * and rounds are being asked. Stored as JSON; `v` grows when its shape changes.
 */
export type State = {
  v: 1
  phase: 'pending' | 'up' | 'down'
  validating: boolean
  /** The latest round, also after it decided: late answers of it are recognised by its id. */
  round: Round | null
  /** The first failed check of the failure that is being looked at. */
  firstFailedAt: number | null
  /** Since when ≥ quorum regions fail, without a round that said otherwise. */
  failingSince: number | null
  /** Since when ≥ quorum regions answer well, likewise. */
  goodSince: number | null
  /** Each region's last answer. */
  last: Partial<Record<Region, Answer>>
  /** Counts turns; the next region in rotation follows from it. */
  turn: number
}

export type Verdict = { state: State; effect: 'nothing' | 'went-down' | 'came-up'; why: string[] }

/** How long after the start of a round the next one is asked while the verdict is in doubt. WIRE "How a verdict is reached". */
export const ROUND_MS = 5000

export const unknown = (): State => ({
  v: 1,
  phase: 'pending',
  validating: false,
  round: null,
  firstFailedAt: null,
  failingSince: null,
  goodSince: null,
  last: {},
  turn: 0,
})

/** Whom to ask now: one region in rotation, or all of them as round `id`. */
export function ask(
  state: State,
  rules: Rules,
  id: string,
  at: number,
): { state: State; regions: readonly Region[]; round: string | null } {
  if (state.phase === 'down' || state.validating)
    return { state: { ...state, round: { id, startedAt: at, answers: {} } }, regions: rules.regions, round: id }
  const region = rules.regions[state.turn % rules.regions.length]!
  return { state: { ...state, turn: state.turn + 1 }, regions: [region], round: null }
}

/**
 * When to ask next; `turnAt` is the next period's. In doubt whether it is down: at once, then every 5 s from the start of a round.
 * While down each period is a round, and one more when the recovery period ends: 5 s rounds through it would cost a site that many
 * watch 2,000 checks at a time (measured). A time in the past means now.
 */
export function nextAskAt(state: State, rules: Rules, turnAt: number): number {
  if (state.phase !== 'down') return !state.validating ? turnAt : state.round ? state.round.startedAt + ROUND_MS : 0
  if (state.goodSince === null) return turnAt
  return Math.min(turnAt, Math.max(state.goodSince + rules.recoveryMs, (state.round?.startedAt ?? 0) + ROUND_MS))
}

/**
 * The whole rule of WIRE "How a verdict is reached". `results` are answers that just arrived, of a turn (`round` null) or of a
 * round; a round may be judged answer by answer: it decides as soon as those still missing cannot change it, and an answer that
 * never comes counts neither way.
 */
export function judge(state: State, rules: Rules, results: readonly CheckResult[], at: number): Verdict {
  const answers = results.map((r) => [r, answerOf(r)] as const)
  const last = { ...state.last, ...Object.fromEntries(answers.map(([r, answer]) => [r.region, answer])) }
  if (state.phase !== 'down' && !state.validating) {
    const turns = answers.filter(([r]) => r.round === null).map(([, answer]) => answer)
    return onTurn({ ...state, last }, rules, turns)
  }
  const ofRound = answers.filter(([r]) => r.round !== null && r.round === state.round?.id)
  if (!state.round || !ofRound.length) return { state: { ...state, last }, effect: 'nothing', why: answers.map(([, a]) => said(a)) }
  const round = { ...state.round, answers: { ...state.round.answers, ...Object.fromEntries(ofRound.map(([r, a]) => [r.region, a])) } }
  const next = { ...state, last, round }
  return state.phase === 'down' ? whileDown(next, rules, round, at) : whileInDoubt(next, rules, round, at)
}

function onTurn(state: State, rules: Rules, turns: Answer[]): Verdict {
  const why = turns.map(said)
  const failed = turns.find((a) => a.outcome === 'down')
  if (!failed) return { state: turns.length && state.phase === 'pending' ? { ...state, phase: 'up' } : state, effect: 'nothing', why }
  if (rules.maintenance) return { state, effect: 'nothing', why: [...why, 'in a maintenance window, so nobody is asked again'] }
  const all = rules.regions.length === 1 ? 'once more' : `all ${rules.regions.length}`
  return {
    state: { ...state, validating: true, round: null, firstFailedAt: failed.at, failingSince: null, goodSince: null },
    effect: 'nothing',
    why: [...why, `1 region failed; asking ${all} now`],
  }
}

/** Up or pending, and a failure was seen: down when enough fail for long enough, up when enough cannot fail any more. */
function whileInDoubt(state: State, rules: Rules, round: Round, at: number): Verdict {
  const t = tally(state, rules, round)
  const why = [...t.said, t.summary]
  const settled = { validating: false, firstFailedAt: null, failingSince: null, goodSince: null }
  if (rules.maintenance)
    return { state: { ...state, ...settled }, effect: 'nothing', why: [...why, 'in a maintenance window, so no verdict'] }
  if (t.failing >= t.needed) {
    const failingSince = state.failingSince ?? at
    const held = at - failingSince
    if (held >= rules.confirmationMs) {
      const down = { ...state, phase: 'down' as const, validating: false, failingSince: null, goodSince: null }
      return { state: down, effect: 'went-down', why: [...why, `down: failing for ${seconds(held)}`] }
    }
    const more = `failing for ${seconds(held)}, down after ${seconds(rules.confirmationMs)}`
    return { state: { ...state, failingSince }, effect: 'nothing', why: [...why, more] }
  }
  if (t.failing + t.open < t.needed)
    return { state: { ...state, ...settled, phase: 'up' }, effect: 'nothing', why: [...why, 'up: fewer than the quorum fail'] }
  return { state, effect: 'nothing', why }
}

/** Down: up again when enough have answered well for long enough; the verdict stands until then. */
function whileDown(state: State, rules: Rules, round: Round, at: number): Verdict {
  const t = tally(state, rules, round)
  const why = [...t.said, t.summary]
  if (t.failing >= t.needed || t.good + t.open < t.needed)
    return { state: { ...state, validating: false, goodSince: null }, effect: 'nothing', why }
  if (t.good < t.needed || t.failing + t.open >= t.needed) return { state, effect: 'nothing', why }
  const goodSince = state.goodSince ?? at
  const held = at - goodSince
  if (held < rules.recoveryMs) {
    const more = `answering for ${seconds(held)}, up after ${seconds(rules.recoveryMs)}`
    return { state: { ...state, validating: true, goodSince }, effect: 'nothing', why: [...why, more] }
  }
  const up = { ...state, phase: 'up' as const, validating: false, firstFailedAt: null, failingSince: null, goodSince: null }
  return { state: up, effect: 'came-up', why: [...why, `up: answering for ${seconds(held)}`] }
}

/**
 * Counts witnesses. A place speaks when all regions that ran in it have answered, and counts for one side only when they agree.
 * The quorum is at most the number of places: regions that the platform put together must not silence a monitor.
 */
function tally(state: State, rules: Rules, round: Round) {
  const places = Map.groupBy(rules.regions, (region) => state.last[region]?.place ?? region)
  let [failing, good, open] = [0, 0, 0]
  for (const regions of places.values()) {
    const outcomes = regions.map((region) => round.answers[region]?.outcome)
    if (outcomes.includes(undefined)) open++
    else if (outcomes.every((o) => o === 'down')) failing++
    else if (outcomes.every((o) => o === 'up')) good++
  }
  const needed = Math.min(rules.quorum, places.size)
  const said_ = rules.regions.flatMap((region) => round.answers[region] ?? []).map(said)
  return { failing, good, open, needed, said: said_, summary: `${failing} of ${places.size} failed, quorum ${needed}` }
}

/** What people see: a pause and a window lie over the verdict. */
export const statusOf = (state: State, paused: boolean, maintenance: boolean): Status =>
  paused ? 'paused' : maintenance ? 'maintenance' : state.validating ? 'validating' : state.phase

/** After `gapMs` without looking, what was held is not known to have held; the verdict stands. */
export const resumed = (state: State, gapMs: number): State =>
  gapMs < 3 * ROUND_MS ? { ...state, round: null } : { ...state, round: null, failingSince: null, goodSince: null }

/** The regions' parts in what was decided last. */
export const votesOf = (state: State): Vote[] =>
  Object.values(state.round?.answers ?? {}).map(({ region, outcome, error, status, totalMs }) => ({
    region,
    outcome,
    error,
    status,
    totalMs,
  }))

/** "503 from 3 of 4 regions": the failure most regions saw, and how many of `regions` failed. */
export function whatFailed(votes: readonly Vote[], regions: number): string {
  const failed = votes.filter((v) => v.outcome === 'down')
  const [kind = 'failure'] = [...Map.groupBy(failed, word)].sort((a, b) => b[1].length - a[1].length).map(([name]) => name)
  return regions === 1 ? kind : `${kind} from ${failed.length} of ${regions} regions`
}

const answerOf = (r: CheckResult): Answer => ({
  region: r.region,
  outcome: r.outcome,
  error: r.error,
  status: r.status,
  totalMs: r.totalMs,
  at: r.at,
  place: r.colo ?? r.region,
})
const word = (v: Vote): string =>
  v.outcome === 'up' ? String(v.status ?? 'up') : v.error === 'status' ? String(v.status) : (v.error ?? 'failure')
const said = (a: Answer): string => `${a.region}: ${word(a)}`
const seconds = (ms: number): string => `${Math.floor(ms / 1000)} s`
