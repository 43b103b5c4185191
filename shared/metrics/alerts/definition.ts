import type { Reporting } from './effects.ts'
import type { Condition, Rule } from './rule.ts'
import type { Typed } from './schema.ts'

const SECOND = 1000

/** What was typed, as it is evaluated. `limit` comes from the group of an imported rule. */
export const ruleOf = (id: string, t: Typed, limit = 0): Rule => ({
  id,
  name: t.name,
  query: t.query,
  condition: t.condition === null || t.use_anomaly_detection ? null : (t.condition.toLowerCase() as Condition),
  threshold: t.threshold ?? 0,
  anomaly: t.use_anomaly_detection
    ? { sensitivity: t.anomaly_sensitivity, trigger: t.anomaly_trigger, trainingDays: t.anomaly_training_range_days }
    : null,
  forMs: t.for * SECOND,
  keepFiringForMs: t.keep_firing_for * SECOND,
  labels: t.labels,
  annotations: t.annotations,
  missing: t.on_missing_data,
  limit,
})

export const reportingOf = (team: string, t: Typed): Reporting => ({
  team,
  perSeries: t.incident_per_series,
  severity: t.severity.toLowerCase() as Reporting['severity'],
  policyId: t.policy_id,
})
