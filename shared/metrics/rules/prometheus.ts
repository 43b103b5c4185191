import type { Active } from '../alerts/evaluate.ts'
import type { Typed } from '../alerts/schema.ts'
import type { HeadState } from '../alerts/table.ts'
import type { Matcher } from '../promql/matcher.ts'
import type { RuleGroupRow } from './table.ts'

/** How the last evaluation of a group, or of an alert on its own, went: `at` epoch ms, by the ids of its rules. */
export type KnownRun = { at: number; ms: number; rules: Record<string, { ms: number; error: string | null }> }

/** What is asked of `/rules`; null or empty: everything. */
export type Wanted = {
  type: string
  names: string[]
  groups: string[]
  files: string[]
  excludeAlerts: boolean
  /** A rule passes when its own labels fit one of them. */
  selectors: readonly (readonly Matcher[])[]
  limit: number
  token: string
}
export type KnownAlert = { id: string; group: string | null; typed: Typed; paused: boolean }
export type KnownFacts = { id: string; state: HeadState; trouble: string | null; evaluatedAt: number | null; active: Active[] }

const time = (at: number | null) => (at === null ? '0001-01-01T00:00:00Z' : new Date(at).toISOString())
const alertOf = (a: Active) => ({
  labels: a.labels,
  annotations: a.annotations,
  state: a.state,
  activeAt: time(a.activeAt),
  ...(a.keepFiringSince === null ? {} : { keepFiringSince: time(a.keepFiringSince) }),
  value: a.value,
})

/** The `data` of `/api/v1/alerts`. */
export const alertsData = (facts: readonly KnownFacts[]) => ({ alerts: facts.flatMap((f) => f.active.map(alertOf)) })

/** An alert's query as Prometheus would have it: the condition belongs to the expression. */
export function exprOf(t: Typed): string {
  if (t.condition === null || t.use_anomaly_detection) return t.query
  const op = { GT: '>', GTE: '>=', LT: '<', LTE: '<=', EQ: '==', NE: '!=' }[t.condition]
  return `(${t.query}) ${op} ${t.threshold}`
}

type Line = { name: string; type: 'alerting' | 'recording'; lastEvaluation: string } & Record<string, unknown>

/** The `data` of `/api/v1/rules`. Alerts made here stand in one group, `alerts` of the file `tocsin`. */
export function rulesData(
  groups: readonly RuleGroupRow[],
  alerts: readonly KnownAlert[],
  facts: readonly KnownFacts[],
  runs: Readonly<Record<string, KnownRun>>,
  wanted: Wanted,
) {
  const known = new Map(facts.map((f) => [f.id, f]))
  const byId = new Map(alerts.map((a) => [a.id, a]))
  const alerting = (a: KnownAlert): Line => {
    const f = known.get(a.id)
    const run = runs[a.group ?? a.id]
    return {
      state: f?.active.some((x) => x.state === 'firing') ? 'firing' : f?.active.length ? 'pending' : 'inactive',
      name: a.typed.name,
      query: exprOf(a.typed),
      duration: a.typed.for,
      keepFiringFor: a.typed.keep_firing_for,
      labels: a.typed.labels,
      annotations: a.typed.annotations,
      alerts: wanted.excludeAlerts ? [] : (f?.active ?? []).map(alertOf),
      health: f?.trouble ? 'err' : f?.evaluatedAt ? 'ok' : 'unknown',
      ...(f?.trouble ? { lastError: f.trouble } : {}),
      evaluationTime: (run?.rules[a.id]?.ms ?? 0) / 1000,
      lastEvaluation: time(run?.at ?? f?.evaluatedAt ?? null),
      type: 'alerting' as const,
    }
  }
  const isChosen = ({ labels }: Line) =>
    !wanted.selectors.length ||
    wanted.selectors.some((all) => all.every((m) => m.matches((labels as Record<string, string>)[m.name] ?? '')))
  const imported = groups.map((g) => ({
    name: g.name,
    file: g.file,
    interval: g.doc.interval_s,
    limit: g.doc.limit,
    evaluationTime: (runs[g.id]?.ms ?? 0) / 1000,
    rules: g.doc.rules.flatMap((r, i): Line[] => {
      if (r.kind === 'record') {
        const run = runs[g.id]
        const ran = run?.rules[`record ${i}`]
        return [
          {
            name: r.record,
            query: r.expr,
            labels: r.labels,
            health: ran?.error ? 'err' : ran ? 'ok' : 'unknown',
            ...(ran?.error ? { lastError: ran.error } : {}),
            evaluationTime: (ran?.ms ?? 0) / 1000,
            lastEvaluation: time(run?.at ?? null),
            type: 'recording',
          },
        ]
      }
      const a = byId.get(r.id)
      return a && !a.paused ? [alerting(a)] : []
    }),
  }))
  const own = alerts.filter((a) => a.group === null && !a.paused)
  const all = [
    ...imported,
    ...(own.length
      ? [
          {
            name: 'alerts',
            file: 'tocsin',
            interval: 60,
            limit: 0,
            evaluationTime: own.reduce((sum, a) => sum + (runs[a.id]?.ms ?? 0), 0) / 1000,
            rules: own.map(alerting),
          },
        ]
      : []),
  ]
  const chosen = all
    .filter((g) => (!wanted.groups.length || wanted.groups.includes(g.name)) && (!wanted.files.length || wanted.files.includes(g.file)))
    .map((g) => ({
      ...g,
      lastEvaluation: g.rules.map((r) => r.lastEvaluation).sort().at(-1) ?? time(null),
      rules: g.rules.filter((r) => (!wanted.type || (wanted.type === 'alert') === (r.type === 'alerting')) && (!wanted.names.length || wanted.names.includes(r.name)) && isChosen(r)),
    }))
    .filter((g) => g.rules.length) // biome-ignore format: one thought
  const from = wanted.token ? chosen.findIndex((g) => tokenOf(g) === wanted.token) : 0
  const rest = from < 0 ? null : chosen.slice(from)
  if (!rest) return null
  const shown = wanted.limit ? rest.slice(0, wanted.limit) : rest
  const next = rest[shown.length]
  return { groups: shown, ...(next ? { groupNextToken: tokenOf(next) } : {}) }
}

const tokenOf = ({ file, name }: { file: string; name: string }): string => [...`${file};${name}`].reduce((h, c) => Math.imul(h ^ (c.codePointAt(0) ?? 0), 16_777_619) >>> 0, 2_166_136_261).toString(16).padStart(8, '0') // biome-ignore format: one line
