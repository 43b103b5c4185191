import type { Intent } from '../../incidents/intent.ts'
import type { Active, Outcome } from './evaluate.ts'
import { inWords, type Rule } from './rule.ts'

/** What an alert asks of the team's incidents. */
export type Reporting = { team: string; perSeries: boolean; severity: NonNullable<Intent['severity']>; policyId: string | null }
/** To be told to Incidents, in this order. `intent` names the incident that `open` asked for. */
export type Call = { open: Intent } | { ended: { intent: string; at: number; type: 'recovered' | 'deleted' | 'paused'; why: string[] } }
/** Incidents that an alert holds open: by series, or one under ''. The value is the intent's id. */
export type Open = Record<string, string>

const WHY_MAX = 10
/** An alert whose query has failed so often in a row has an incident that says so: a watch that is blind must not be silent. */
export const FAILURES_TOLD = 3
const BLIND = 'query-fails'

/**
 * What changed between two states, as calls: the first series that fires opens, the last that ends resolves. `mint` makes ids;
 * whoever saves the state saves these with it.
 */
export function callsOf(
  rule: Rule,
  reporting: Reporting,
  open: Open,
  { state }: Outcome,
  mint: () => string,
): { calls: Call[]; open: Open } {
  const firing = Object.entries(state.active).filter(([, a]) => a.state === 'firing')
  const groups = Map.groupBy(firing, ([key]) => (reporting.perSeries ? key : ''))
  const calls: Call[] = []
  const next: Open = {}
  for (const [group, its] of groups) {
    const all = its.map(([, a]) => a)
    next[group] = open[group] ?? mint()
    if (!open[group]) calls.push({ open: intentOf(rule, reporting, next[group], group, all, state.at ?? 0) })
  }
  const { trouble, failures, at } = state
  // what cannot be read now is our own trouble, and told as such elsewhere
  if (trouble && (open[BLIND] !== undefined || (trouble.kind === 'query' && failures >= FAILURES_TOLD))) {
    next[BLIND] = open[BLIND] ?? mint()
    if (!open[BLIND]) calls.push({ open: blindIntent(rule, reporting, next[BLIND], trouble, at ?? trouble.since) })
  }
  for (const [group, intent] of Object.entries(open))
    if (!next[group])
      calls.push({
        ended: {
          intent,
          at: state.at ?? 0,
          type: 'recovered',
          why: [group === BLIND ? 'its query can be evaluated again' : endedSays(rule)],
        },
      })
  return { calls, open: next }
}

/** The rule is gone or paused: so are its incidents. */
export const closing = (open: Open, type: 'deleted' | 'paused', at: number): Call[] =>
  Object.values(open).map((intent) => ({ ended: { intent, at, type, why: [] } }))

function intentOf(
  rule: Rule,
  { team, severity, policyId, perSeries }: Reporting,
  id: string,
  group: string,
  all: Active[],
  at: number,
): Intent {
  return {
    id,
    team,
    cause: { type: 'alert', id: rule.id, name: rule.name, ...(perSeries ? { series: group } : {}) },
    what: said(rule, all),
    policyId,
    severity,
    startedAt: Math.min(...all.map((a) => a.activeAt)),
    verdictAt: at,
    why: all.slice(0, WHY_MAX).map((a) => whyOf(rule, a)),
    votes: [],
    email: true,
  }
}

const blindIntent = (
  rule: Rule,
  { team, severity, policyId }: Reporting,
  id: string,
  { since, message }: { since: number; message: string },
  at: number,
): Intent => ({
  id,
  team,
  cause: { type: 'alert', id: rule.id, name: rule.name, series: BLIND },
  what: 'its query fails, so nobody watches',
  policyId,
  severity,
  startedAt: since,
  verdictAt: at,
  why: [message],
  votes: [],
  email: true,
})

/** The summary people wrote, else the value and its labels: "812 is above 800 for instance=a", "3 series above 800". */
export function said(rule: Rule, all: readonly Active[]): string {
  const first = all[0]
  if (!first) return rule.name
  const summary = first.annotations.summary ?? first.annotations.description
  if (summary && all.length === 1) return summary.slice(0, 200)
  const beyond = rule.anomaly ? 'unusual' : rule.condition ? `${inWords(rule.condition)} ${rule.threshold}` : 'firing'
  if (all.length > 1) return `${all.length} series ${beyond}`
  const where = labelsSay(first.labels)
  return `${short(first.value)} is ${beyond}${where ? ` for ${where}` : ''}`.slice(0, 200)
}

const whyOf = (rule: Rule, a: Active): string => `${labelsSay(a.labels) || rule.name}: ${short(a.value)}`
const endedSays = (rule: Rule): string =>
  rule.condition && !rule.anomaly ? `no series is ${inWords(rule.condition)} ${rule.threshold} any more` : 'no series is active any more'

/** "instance=a, job=api": without the alert's own name. */
const labelsSay = (labels: Record<string, string>): string =>
  Object.entries(labels)
    .filter(([k]) => k !== 'alertname')
    .map(([k, v]) => `${k}=${v}`)
    .join(', ')
const short = (value: string): string => (/^-?[\d.e+-]+$/i.test(value) ? String(Number(Number(value).toPrecision(6))) : value)
