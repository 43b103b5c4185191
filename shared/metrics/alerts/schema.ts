import * as z from 'zod'
import { feedOf, PageQuery, pageOf } from '../../page.ts'
import { isOneLine } from '../../text.ts'

export const wireConditions = ['GT', 'GTE', 'LT', 'LTE', 'EQ', 'NE'] as const
export const missingData = ['dont_fire', 'treat_as_zero', 'treat_as_previous', 'start_incident'] as const
export type MissingData = (typeof missingData)[number]
export const triggers = ['any', 'higher', 'lower'] as const
export const alertStates = ['INACTIVE', 'PENDING', 'FIRING', 'UNKNOWN', 'PAUSED'] as const
export const wireSeverities = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const

const upper = <const T extends readonly [string, ...string[]]>(values: T) => z.string().toUpperCase().pipe(z.enum(values))
const lower = <const T extends readonly [string, ...string[]]>(values: T) => z.string().toLowerCase().pipe(z.enum(values))
const Name = z.string().trim().min(1).max(200).refine(isOneLine, 'Leave out line breaks and control characters.')
const LabelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'A label name has letters, digits and underscores, and does not begin with a digit.').max(200) // biome-ignore format: one thought
const reserved = (names: readonly string[]) => (labels: Record<string, string>) => names.every((name) => !Object.hasOwn(labels, name))
const few = (labels: Record<string, string>) => Object.keys(labels).length <= 30
const Labels = z
  .record(LabelName, z.string().max(2000))
  .refine(few, 'At most 30 of them.')
  .refine(reserved(['__name__', 'alertname']), 'The rule itself sets __name__ and alertname.')
const Annotations = z.record(LabelName, z.string().max(10_000)).refine(few, 'At most 30 of them.')
const Id = z.uuid().toLowerCase()
const seconds = (min: number, max: number) => z.int().min(min).max(max)

const attributes = {
  name: Name,
  description: z.string().trim().max(2000),
  query: z.string().trim().min(1).max(20_000).describe('PromQL'),
  condition: upper(wireConditions).nullable().describe('null: whatever the query returns fires, as in Prometheus'),
  threshold: z.number().nullable(),
  for: seconds(0, 604_800).describe('Seconds a series must be active before it fires'),
  keep_firing_for: seconds(0, 604_800),
  check_period: seconds(10, 86_400).describe('Seconds between two evaluations'),
  labels: Labels,
  annotations: Annotations,
  on_missing_data: lower(missingData),
  use_anomaly_detection: z.boolean(),
  anomaly_sensitivity: z.number().min(0).max(100).describe('Lower is more sensitive'),
  anomaly_trigger: lower(triggers),
  anomaly_training_range_days: z.int().min(1).max(30),
  create_incident: z.boolean(),
  incident_per_series: z.boolean(),
  severity: upper(wireSeverities),
  policy_id: Id.nullable(),
  notify_channels: z.array(Id).max(50).describe('Ids of outgoing webhooks that are told alert.firing and alert.resolved'),
  paused: z.boolean(),
}
const given = z.strictObject(attributes)
export const NewAlert = given.partial().required({ name: true, query: true }).meta({ id: 'NewAlert' })
export type NewAlert = z.infer<typeof NewAlert>
export const AlertChange = given.partial().meta({ id: 'AlertChange' })
export type AlertChange = z.infer<typeof AlertChange>
export type Typed = z.infer<typeof given>

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
/** An alert that need not exist, over a time that is past: the last 30 days unless it says otherwise. */
export const Backtest = given
  .partial()
  .required({ query: true })
  .extend({ from: time.optional(), to: time.optional() })
  .meta({ id: 'AlertBacktest' })
export type Backtest = z.infer<typeof Backtest>

const Time = z.string().nullable()
const Record = z.record(z.string(), z.string())
const Series = z.object({
  labels: Record,
  annotations: Record,
  state: z.enum(['PENDING', 'FIRING']),
  value: z.string().describe('As Prometheus writes a float'),
  active_at: z.string(),
  fired_at: Time,
})
export const AlertBody = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    query: z.string(),
    condition: z.enum(wireConditions).nullable(),
    threshold: z.number().nullable(),
    for: z.int(),
    keep_firing_for: z.int(),
    check_period: z.int(),
    labels: Record,
    annotations: Record,
    on_missing_data: z.enum(missingData),
    use_anomaly_detection: z.boolean(),
    anomaly_sensitivity: z.number(),
    anomaly_trigger: z.enum(triggers),
    anomaly_training_range_days: z.int(),
    create_incident: z.boolean(),
    incident_per_series: z.boolean(),
    severity: z.enum(wireSeverities),
    policy_id: Time,
    notify_channels: z.array(z.string()),
    paused: z.boolean(),
    group_id: Time.describe('The rule group it was imported with'),
    state: z.enum(alertStates),
    state_since: Time,
    health: z.enum(['ok', 'unknown', 'pending']).describe('unknown: the query fails or its data cannot be read; what was firing stays so'),
    error: Time,
    active: z.array(Series).describe('Pending and firing series, at most 50 of them'),
    active_count: z.int(),
    firing_count: z.int(),
    last_evaluated_at: Time,
    missed: z.object({ from: z.string(), to: z.string(), count: z.int() }).nullable().describe('Instants that were never evaluated, the last such gap'), // biome-ignore format: one thought
    incident_id: Time,
    fired_30d: z.int().nullable().describe('How often it fired in 30 days; null when history is away'),
    last_fired_at: Time,
    incidents_30d: z.int().describe('Incidents it opened in 30 days'),
    acted_on_30d: z.int().describe('Of those, how many somebody acknowledged or resolved: the rest was noise'),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Alert' })
export type AlertBody = z.infer<typeof AlertBody>
export const AlertList = pageOf(AlertBody).meta({ id: 'AlertList' })

const anyOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .string()
    .max(200)
    .transform((text) => text.toUpperCase().split(',').filter(Boolean))
    .pipe(z.array(z.enum(values)))
export const alertSorts = ['state', 'name', '-name', 'created_at', '-created_at'] as const
export const ListAlerts = z.strictObject({
  ...PageQuery.shape,
  state: anyOf(alertStates).optional(),
  group_id: Id.optional(),
  q: z.string().trim().max(200).optional(),
  sort: z.enum(alertSorts).default('state'),
})
export type ListAlerts = z.infer<typeof ListAlerts>
export const AlertCounts = z
  .object({ total: z.int(), firing: z.int(), pending: z.int(), inactive: z.int(), unknown: z.int(), paused: z.int() })
  .meta({ id: 'AlertCounts' })
export type AlertCounts = z.infer<typeof AlertCounts>

export const HistoryQuery = z.strictObject({
  from: time.optional(),
  to: time.optional(),
  cursor: z.string().max(60).optional(),
  per_page: z.coerce.number().int().min(1).max(250).default(100),
})
export type HistoryQuery = z.infer<typeof HistoryQuery>
export const AlertHistory = feedOf(
  z.object({
    at: z.string(),
    labels: Record,
    from: z.enum(['INACTIVE', 'PENDING', 'FIRING']),
    to: z.enum(['INACTIVE', 'PENDING', 'FIRING']),
    value: z.string(),
    active_at: z.string(),
    incident_id: Time,
  }),
).meta({ id: 'AlertHistory' })
export type AlertHistory = z.infer<typeof AlertHistory>

export const BacktestBody = z
  .object({
    from: z.string(),
    to: z.string(),
    every: z.int().describe('Seconds between two evaluations; more than check_period when the time is long'),
    evaluations: z.int(),
    would_have_fired: z.int().describe('Series that would have begun to fire'),
    would_have_opened: z.int().describe('Incidents that would have been opened'),
    fired: z.array(z.object({ labels: Record, active_at: z.string(), from: z.string(), to: Time, peak: z.number().nullable() })),
    incidents: z.array(z.object({ from: z.string(), to: Time, series: z.int() })),
    series: z.int().describe('Series that the query returned'),
    band: z.array(z.object({ at: z.string(), lower: z.number(), upper: z.number() })).describe('What is usual, of an anomaly’s first series'), // biome-ignore format: one thought
    error: Time,
    elapsed_ms: z.int(),
  })
  .meta({ id: 'AlertBacktestResult' })
export type BacktestBody = z.infer<typeof BacktestBody>
