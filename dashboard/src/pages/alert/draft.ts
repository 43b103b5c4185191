import type { Alert } from '../board/wire.ts'

/** What the editor holds: numbers as they are typed. */
export type Draft = Pick<
  Alert,
  | 'name' | 'description' | 'query' | 'condition' | 'on_missing_data' | 'use_anomaly_detection' | 'anomaly_trigger' | 'anomaly_sensitivity'
  | 'anomaly_training_range_days' | 'create_incident' | 'incident_per_series' | 'severity' | 'policy_id' | 'notify_channels'
> & { threshold: string; for: string; keep: string; every: string; summary: string } // biome-ignore format: a list

export function draftOf(alert: Alert | null, given: { expr?: string; name?: string; threshold?: string } = {}): Draft {
  return {
    name: alert?.name ?? given.name ?? '',
    description: alert?.description ?? '',
    query: alert?.query ?? given.expr ?? '',
    condition: alert ? alert.condition : 'GT',
    threshold: alert ? (alert.threshold === null ? '' : String(alert.threshold)) : (given.threshold ?? ''),
    for: minutes(alert?.for ?? 300),
    keep: minutes(alert?.keep_firing_for ?? 0),
    every: String(alert?.check_period ?? 60),
    summary: alert?.annotations.summary ?? '',
    on_missing_data: alert?.on_missing_data ?? 'dont_fire',
    use_anomaly_detection: alert?.use_anomaly_detection ?? false,
    anomaly_trigger: alert?.anomaly_trigger ?? 'any',
    anomaly_sensitivity: alert?.anomaly_sensitivity ?? 50,
    anomaly_training_range_days: alert?.anomaly_training_range_days ?? 14,
    create_incident: alert?.create_incident ?? true,
    incident_per_series: alert?.incident_per_series ?? false,
    severity: alert?.severity ?? 'SEV2',
    policy_id: alert?.policy_id ?? null,
    notify_channels: alert?.notify_channels ?? [],
  }
}
const minutes = (seconds: number) => String(Math.round((seconds / 60) * 100) / 100)
const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text))

export type Errors = Partial<Record<'name' | 'query' | 'threshold' | 'for' | 'keep' | 'every', string>>
export function findings(d: Draft): Errors {
  const errors: Errors = {}
  const within = (text: string, max: number) => number(text) >= 0 && number(text) <= max
  if (!d.name.trim()) errors.name = 'Give it a name, such as Checkout is slow.'
  if (!d.query.trim()) errors.query = 'Write PromQL, such as avg(cpu_usage).'
  if (!d.use_anomaly_detection && d.condition !== null && Number.isNaN(number(d.threshold)))
    errors.threshold = 'Write a number, such as 0.8.'
  if (!within(d.for, 10_080)) errors.for = 'Minutes, from 0 to 10,080.'
  if (!within(d.keep, 10_080)) errors.keep = 'Minutes, from 0 to 10,080.'
  if (!(number(d.every) >= 10 && number(d.every) <= 86_400)) errors.every = 'Seconds, from 10 to 86,400.'
  return errors
}

/** The attributes that decide when it fires: what a backtest takes. */
export const rulePart = (d: Draft) => ({
  query: d.query.trim(),
  condition: d.use_anomaly_detection ? null : d.condition,
  threshold: Number.isNaN(number(d.threshold)) ? null : number(d.threshold),
  for: Math.round(number(d.for) * 60),
  keep_firing_for: Math.round(number(d.keep) * 60),
  check_period: Math.round(number(d.every)),
  on_missing_data: d.on_missing_data,
  use_anomaly_detection: d.use_anomaly_detection,
  anomaly_trigger: d.anomaly_trigger,
  anomaly_sensitivity: d.anomaly_sensitivity,
  anomaly_training_range_days: d.anomaly_training_range_days,
})

export const inputOf = (d: Draft, before: Alert | null) => ({
  ...rulePart(d),
  name: d.name.trim(),
  description: d.description,
  annotations: { ...before?.annotations, ...(d.summary.trim() ? { summary: d.summary.trim() } : {}) },
  create_incident: d.create_incident,
  incident_per_series: d.incident_per_series,
  severity: d.severity,
  policy_id: d.policy_id,
  notify_channels: d.notify_channels,
})
