import type { Typed } from './schema.ts'

/** What an attribute is when it is not given. Apart from the schema, because every cold start loads this and must not load zod. */
export const alertDefaults = {
  description: '',
  condition: null,
  threshold: null,
  for: 0,
  keep_firing_for: 0,
  check_period: 60,
  labels: {},
  annotations: {},
  on_missing_data: 'dont_fire',
  use_anomaly_detection: false,
  anomaly_sensitivity: 50,
  anomaly_trigger: 'any',
  anomaly_training_range_days: 14,
  create_incident: true,
  incident_per_series: false,
  severity: 'SEV2',
  policy_id: null,
  notify_channels: [],
  paused: false,
} satisfies Partial<Typed>
