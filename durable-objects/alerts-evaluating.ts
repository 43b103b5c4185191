import { newId } from '../shared/ids.ts'
import { bandOf, outside, trainedUntil } from '../shared/metrics/alerts/anomaly.ts'
import type { AskedRule, Seen, SeenSeries } from '../shared/metrics/alerts/asking.ts'
import { callsOf } from '../shared/metrics/alerts/effects.ts'
import {
  evaluate,
  failed,
  type Judge,
  judgeOf,
  namingOf,
  type Outcome,
  type Sample,
  skipped,
  standing,
} from '../shared/metrics/alerts/evaluate.ts'
import { noticesOf } from '../shared/metrics/alerts/notices.ts'
import type { Due } from '../shared/metrics/alerts/schedule.ts'
import { pointsOf } from '../shared/metrics/alerts/series.ts'
import { asWritten, type Texts, templatesOf } from '../shared/metrics/alerts/template.ts'
import type { AskedQuery } from '../shared/metrics/templates/collect.ts'
import { transitionRow } from './alerts-outgoing.ts'
import type { AlertRows, Held, Unit } from './alerts-store.ts'
import { stubs } from './stubs.ts'
import { within } from './within.ts'

/** The entrypoint gives up after 12 s by itself. */
const EVALUATE_MS = 20_000
const TRAIN_MS = 40_000
/** After so many failures that may be the query's own slowness only the newest instant is asked for; the others are declared missed. */
const PATIENT_TIMES = 3

/** Asks for what is due and takes the answers into the rules' states. */
export class AlertsEvaluating {
  private readonly storage: DurableObjectStorage
  private readonly rows: AlertRows
  private readonly url: () => string
  constructor(storage: DurableObjectStorage, rows: AlertRows, url: () => string) {
    this.storage = storage
    this.url = url
    this.rows = rows
  }

  /** True when the instants are over; false when they are to be asked for again. Never throws for what others do. */
  async evaluate(team: string, unit: Unit, given: Due): Promise<boolean> {
    const held = this.rows.rulesOf(unit.id)
    const due = shortened(given, held)
    const asked = rulesAsked(unit, held)
    const times = { start: due.start, end: due.end, step: due.step }
    const began = Date.now()
    const [seen, judges] = await Promise.all([
      within(EVALUATE_MS, stubs.evaluate({ team, source: unit.id, rules: asked, ...times, offsetMs: unit.offsetMs, intervalMs: unit.intervalMs })).catch((e) => unavailable(asked, e)),
      this.judges(team, held, due.end),
    ]) // biome-ignore format: one question
    const again = [...seen, ...judges.values()].some((s) => typeof s === 'object' && 'error' in s && s.error.kind !== 'query')
    const at = Date.now()
    const texts = new Map<string, Texts>()
    for (const { rule } of held)
      if (templatesOf(rule).length) texts.set(rule.id, await this.texts(seen.find((s) => s.id === rule.id)?.asked ?? []))
    this.storage.transactionSync(() => {
      for (const id of held.map((h) => h.rule.id)) {
        // while we asked, the rule may have been changed or deleted
        const now = this.rows.rule(id)
        const answer = seen.find((s) => s.id === id)
        const judge = judges.get(id)
        if (now && answer)
          this.take(id, unit, now, typeof judge === 'object' ? { id, ...judge } : answer, judge, due, at, texts.get(id) ?? asWritten)
      }
      const rules = Object.fromEntries(seen.map((s) => [s.id, { ms: s.ms ?? 0, error: 'error' in s ? s.error.message : null }]))
      this.rows.ran(unit.id, { v: 1, at: began, ms: at - began, rules })
      if (!again) this.rows.evaluated(unit.id, due.end, at)
    })
    return !again
  }

  /** Incidents knows the incident by this id. */
  named(id: string, intent: string, incident: string): void {
    const held = this.rows.rule(id)
    if (held?.head.incident_id !== intent || intent === incident) return
    this.rows.save(id, held.state, held.open, { ...held.head, incident_id: incident, rev: held.head.rev + 1 }, true)
  }

  /** Expands templates; loads what that takes, which rules without one never do. */
  private async texts(asked: readonly AskedQuery[]): Promise<Texts> {
    const [{ expand }, { answersIn }] = await Promise.all([import('../shared/metrics/templates/expand.ts'), import('../shared/metrics/templates/collect.ts')]) // biome-ignore format: one line
    const answers = answersIn(asked)
    return (template, facts, at) => expand(template, facts, { at, externalUrl: this.url(), answers })
  }

  private take(
    id: string,
    unit: Unit,
    held: Held,
    answer: Seen,
    judge: Judge | object | undefined,
    due: Due,
    at: number,
    texts: Texts,
  ): void {
    let { state, open } = held
    const naming = namingOf(held.rule, texts)
    const keep = (outcome: Outcome) => {
      state = outcome.state
      const before = open
      if (held.reporting) {
        const told = callsOf(held.rule, held.reporting, open, outcome, () => newId(at))
        open = told.open
        this.rows.addCalls(id, told.calls)
      }
      this.rows.addNotices(noticesOf(held.rule, held.channels ?? [], outcome))
      for (const t of outcome.transitions) {
        const group = held.reporting?.perSeries ? t.key : ''
        this.rows.addTransition(open[group] ?? before[group] ?? null, at, transitionRow(id, t))
      }
    }
    if (due.gap && state.at !== null && state.at < due.gap.to) keep(skipped(state, due.gap))
    if ('error' in answer) keep(failed(state, due.end, answer.error.kind === 'query' ? 'query' : 'unavailable', answer.error.message))
    else
      for (const { at: instant, samples } of instantsOf(answer, due))
        if (state.at === null || instant > state.at) {
          const before = state.active
          const judged = typeof judge === 'function' ? (judge as Judge) : judgeOf(held.rule)
          keep(evaluate(held.rule, state, { at: instant, samples }, judged, naming, texts))
          const points = state.trouble ? [] : pointsOf(before, state.active)
          if (points.length) this.rows.addPoints(unit.id, instant - unit.offsetMs, points)
        }
    const now = standing(state)
    const intent = Object.values(open)[0] ?? null
    const incident = intent && (this.rows.incidentOf(intent) ?? intent)
    const news = now !== held.head.state || incident !== held.head.incident_id || held.head.rev === 0
    const since = now === held.head.state && held.head.rev ? held.head.state_since : at
    const head = news ? { state: now, state_since: since, incident_id: incident, rev: Math.max(held.head.rev + 1, at) } : held.head
    this.rows.save(id, state, open, head, news)
  }

  /** For anomalies: what is usual today, learnt when the day began. A rule without a baseline for a series finds nothing there. */
  private async judges(
    team: string,
    held: Held[],
    at: number,
  ): Promise<Map<string, Judge | { error: { kind: 'query' | 'unavailable' | 'timeout'; message: string } }>> {
    const judges = new Map<string, Judge | { error: { kind: 'query' | 'unavailable' | 'timeout'; message: string } }>()
    for (const { rule } of held) {
      const { anomaly } = rule
      if (!anomaly) continue
      const until = trainedUntil(at)
      const of = JSON.stringify([rule.query, rule.labels, anomaly.trainingDays])
      let known = this.rows.baselines(rule.id)
      if (known?.until !== until || known.of !== of) {
        const { id, name, query, labels } = rule
        const asking = { team, rule: { id, name, query, labels }, until, days: anomaly.trainingDays }
        const trained = await within(TRAIN_MS, stubs.train(asking)).catch((e) => ({
          error: { kind: 'unavailable' as const, message: String((e as Error).message) },
        }))
        if ('error' in trained) {
          judges.set(id, trained)
          continue
        }
        this.rows.saveBaselines(id, until, of, trained.baselines)
        known = { until, of, by: trained.baselines }
      }
      const { by } = known
      const naming = namingOf(rule)
      judges.set(rule.id, (sample, instant) => {
        const { key } = naming(sample, instant)
        const baseline = Object.hasOwn(by, key) ? by[key] : undefined
        return baseline !== undefined && outside(bandOf(baseline, anomaly, instant), sample.value, anomaly.trigger)
      })
    }
    return judges
  }
}

/** What keeps timing out is asked for its newest instant alone. */
function shortened(due: Due, held: readonly Held[]): Due {
  const slow = held.some(({ state }) => state.failures >= PATIENT_TIMES && state.trouble?.message.includes('timed out'))
  if (!slow || due.start === due.end) return due
  const gap = {
    from: due.gap?.from ?? due.start,
    to: due.end - due.step,
    count: (due.gap?.count ?? 0) + Math.round((due.end - due.start) / due.step),
  }
  return { ...due, start: due.end, gap }
}

function rulesAsked(unit: Unit, held: readonly Held[]): AskedRule[] {
  const alert = ({ rule }: Held): AskedRule => ({
    kind: 'alert',
    id: rule.id,
    expr: rule.query,
    // a condition alone decides, unless absence means something too
    keep: rule.condition && !rule.anomaly && rule.missing === 'dont_fire' ? { condition: rule.condition, threshold: rule.threshold } : null,
    ...asking(rule),
  })
  if (!unit.group) return held.map(alert)
  return unit.group.rules.flatMap((r, i): AskedRule[] => {
    if (r.kind === 'record') return [{ kind: 'record', id: `record ${i}`, expr: r.expr, record: r.record, labels: r.labels }]
    const found = held.find((h) => h.rule.id === r.id)
    return found ? [alert(found)] : []
  })
}

/** Templates that may ask queries of their own. */
const asking = (rule: Held['rule']): { asking?: string[] } => {
  const templates = templatesOf(rule).filter((text) => text.includes('query'))
  return templates.length ? { asking: templates } : {}
}

const unavailable = (asked: readonly AskedRule[], e: unknown): Seen[] =>
  asked.map(({ id }) => ({ id, error: { kind: (e as Error).name === 'TimeoutError' ? ('timeout' as const) : ('unavailable' as const), message: (e as Error).name === 'TimeoutError' ? 'the evaluation timed out' : 'the evaluation could not be run' } })) // biome-ignore format: one shape

/** The samples of each instant; a series keeps one label object, which namingOf remembers by. */
function* instantsOf(answer: { series: SeenSeries[] }, { start, end, step }: Due): Generator<{ at: number; samples: Sample[] }> {
  const series = answer.series.map((s) => ({ ...s, next: 0 }))
  for (let at = start; at <= end; at += step) {
    const samples: Sample[] = []
    for (const s of series) if (s.times[s.next] === at) samples.push({ labels: s.labels, value: s.values[s.next++] as number })
    yield { at, samples }
  }
}
