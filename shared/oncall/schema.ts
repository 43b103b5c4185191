import * as z from 'zod'
import { pageOf } from '../page.ts'

export const targetTypes = ['user', 'team', 'schedule', 'webhook'] as const
export type TargetType = (typeof targetTypes)[number]

/** Whom a step pages. The whole team needs no id. */
const TargetInput = z.strictObject({ type: z.string().toLowerCase().pipe(z.enum(targetTypes)), id: z.uuid().toLowerCase().optional() })

const StepInput = z.strictObject({
  /** Seconds after the step before (after the incident opened, for the first). */
  wait_before: z.int().min(0).max(86_400).default(0),
  urgency: z.string().toLowerCase().pipe(z.enum(['high', 'low'])).default('high'),
  targets: z.array(TargetInput).min(1).max(50),
}) // biome-ignore format: one attribute a line

const name = z.string().trim().min(1).max(200)
const steps = z.array(StepInput).min(1).max(20)
const repeat_count = z.int().min(0).max(50)

/** `POST /api/oncall/policies`. WIRE "Incidents, policies, pages". */
export const PolicyInput = z.strictObject({ name, repeat_count: repeat_count.default(0), steps }).meta({ id: 'PolicyInput' })
export type PolicyInput = z.infer<typeof PolicyInput>
/** `PATCH`: what is absent stays. */
export const PolicyChange = z
  .strictObject({ name: name.optional(), repeat_count: repeat_count.optional(), steps: steps.optional() })
  .meta({ id: 'PolicyChange' })
export type PolicyChange = z.infer<typeof PolicyChange>

const Target = z.object({ type: z.enum(targetTypes), id: z.string() })
const StepBody = z.object({ wait_before: z.int(), urgency: z.enum(['high', 'low']), targets: z.array(Target) })

/** A step as it is stored and read: one attribute more certain than the input, the team's id filled in. */
export type Step = z.infer<typeof StepBody>
export type Target = z.infer<typeof Target>

export const PolicyBody = z
  .object({
    id: z.string(),
    name: z.string(),
    repeat_count: z.int(),
    steps: z.array(StepBody),
    /** Used by every monitor and incident without a policy of its own. */
    is_default: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Policy' })
export type PolicyBody = z.infer<typeof PolicyBody>
export const PolicyList = pageOf(PolicyBody).meta({ id: 'PolicyList' })
