import * as z from 'zod'
import { pageOf } from '../page.ts'
import { isZone } from '../time.ts'

export const targetTypes = ['user', 'team', 'schedule', 'webhook'] as const
export type TargetType = (typeof targetTypes)[number]

/** Whom a step pages. The whole team needs no id. */
const TargetInput = z.strictObject({ type: z.string().toLowerCase().pipe(z.enum(targetTypes)), id: z.uuid().toLowerCase().optional() })

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export const severities = ['sev1', 'sev2', 'sev3', 'sev4'] as const
const lower = <const T extends readonly [string, ...string[]]>(values: T) => z.string().toLowerCase().pipe(z.enum(values))
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'A time of day as HH:MM, for example 18:30')
/** Hours of weekdays on a wall clock; `from > to` crosses midnight and belongs to the day it begins on. */
export const Hours = z.strictObject({ days: z.array(lower(weekdays)).min(1).max(7), from: clock, to: clock })
export type Hours = z.infer<typeof Hours>

/** When a step is there at all. Everything named must fit; `otherwise` turns the whole around, so two steps make a branch. */
const ConditionInput = z.strictObject({
  severities: z.array(lower(severities)).min(1).max(4).optional(),
  services: z.array(z.uuid().toLowerCase()).min(1).max(50).optional(),
  /** On the wall clock of the policy's `timezone`. */
  hours: z.array(Hours).min(1).max(20).optional(),
  otherwise: z.boolean().default(false),
}) // biome-ignore format: one attribute a line

const StepInput = z.strictObject({
  /** Seconds after the step before (after the incident opened, for the first). */
  wait_before: z.int().min(0).max(86_400).default(0),
  /** `high`: as the incident's severity says; `low`: as SEV4; or a severity, or the id of an urgency. */
  urgency: z.string().toLowerCase().pipe(z.union([z.enum(['high', 'low', ...severities]), z.uuid()])).default('high'),
  targets: z.array(TargetInput).min(1).max(50),
  /** `round_robin`: one target after another, each incident the next one. */
  assign: lower(['all', 'round_robin']).default('all'),
  /** The step again so many times, each `repeat_every` seconds after the last, before the next step's turn. */
  repeat_count: z.int().min(0).max(10).default(0),
  repeat_every: z.int().min(10).max(86_400).default(60),
  when: ConditionInput.nullable().default(null),
}) // biome-ignore format: one attribute a line

const name = z.string().trim().min(1).max(200)
const steps = z.array(StepInput).min(1).max(20)
const repeat_count = z.int().min(0).max(50)
const timezone = z.string().refine(isZone, 'An IANA zone, for example Europe/Paris')
const seconds = z.int().min(0).max(86_400).nullable()
const more = {
  timezone: timezone.optional(),
  /** Seconds after the last step after which the whole team is paged once, whoever was reached; null: never. */
  final_team_after: seconds.optional(),
  /** Seconds after which an incident that is acknowledged but not resolved pages again; null: never. At least a minute. */
  acknowledgement_timeout: z.int().min(60).max(604_800).nullable().optional(),
  /** Policies are shown by group. */
  policy_group_id: z.uuid().toLowerCase().nullable().optional(),
}

/** `POST /api/oncall/policies`. WIRE "Incidents, policies, pages". */
export const PolicyInput = z.strictObject({ name, repeat_count: repeat_count.default(0), steps, ...more }).meta({ id: 'PolicyInput' })
export type PolicyInput = z.infer<typeof PolicyInput>
/** `PATCH`: what is absent stays. */
export const PolicyChange = z
  .strictObject({ name: name.optional(), repeat_count: repeat_count.optional(), steps: steps.optional(), ...more })
  .meta({ id: 'PolicyChange' })
export type PolicyChange = z.infer<typeof PolicyChange>

const Target = z.object({ type: z.enum(targetTypes), id: z.string() })
export type Target = z.infer<typeof Target>
const Condition = z.object({
  severities: z.array(z.enum(severities)).nullable().default(null),
  services: z.array(z.string()).nullable().default(null),
  hours: z.array(z.object({ days: z.array(z.enum(weekdays)), from: z.string(), to: z.string() })).nullable().default(null),
  otherwise: z.boolean().default(false),
}) // biome-ignore format: one attribute a line
export type Condition = z.infer<typeof Condition>

/** A step as it is stored and read. What the first version of it did not have is filled in: steps that were stored then go on as they were. */
const StepBody = z.object({
  wait_before: z.int(),
  urgency: z.string(),
  targets: z.array(Target),
  assign: z.enum(['all', 'round_robin']).default('all'),
  repeat_count: z.int().default(0),
  repeat_every: z.int().default(60),
  when: Condition.nullable().default(null),
})
export type Step = z.infer<typeof StepBody>

/** What escalates, of any version. stored.ts reads it. */
export const Escalates = z.object({
  id: z.string().nullable(),
  name: z.string(),
  repeat_count: z.int(),
  steps: z.array(StepBody),
  timezone: z.string().default('UTC'),
  final_team_after: z.int().nullable().default(null),
  acknowledgement_timeout: z.int().nullable().default(null),
})
export type Escalates = z.infer<typeof Escalates>

export const PolicyBody = z
  .object({
    id: z.string(),
    name: z.string(),
    repeat_count: z.int(),
    steps: z.array(StepBody),
    timezone: z.string(),
    final_team_after: z.int().nullable(),
    acknowledgement_timeout: z.int().nullable(),
    policy_group_id: z.string().nullable(),
    /** Used by every monitor and incident without a policy of its own. */
    is_default: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Policy' })
export type PolicyBody = z.infer<typeof PolicyBody>
export const PolicyList = pageOf(PolicyBody).meta({ id: 'PolicyList' })

export const PolicyGroupInput = z
  .strictObject({ name, sort_index: z.int().min(0).max(100_000).default(0) })
  .meta({ id: 'PolicyGroupInput' })
export type PolicyGroupInput = z.infer<typeof PolicyGroupInput>
export const PolicyGroupChange = z
  .strictObject({ name: name.optional(), sort_index: z.int().min(0).max(100_000).optional() })
  .meta({ id: 'PolicyGroupChange' })
export type PolicyGroupChange = z.infer<typeof PolicyGroupChange>
export const PolicyGroupBody = z
  .object({ id: z.string(), name: z.string(), sort_index: z.int(), created_at: z.string(), updated_at: z.string() })
  .meta({ id: 'PolicyGroup' })
export type PolicyGroupBody = z.infer<typeof PolicyGroupBody>
export const PolicyGroupList = pageOf(PolicyGroupBody).meta({ id: 'PolicyGroupList' })

/** Schedules, covers, calendars and the simulator cross the wire too; by type only, so that nobody loads them for a policy. */
export type * from './calendar-schema.ts'
export type * from './cover-schema.ts'
export type * from './preview-schema.ts'
export type * from './schedule-schema.ts'
export type * from './simulate-schema.ts'
