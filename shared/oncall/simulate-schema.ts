import * as z from 'zod'
import { Instant } from './schedule-schema.ts'

const id = z.uuid().toLowerCase()
/** `GET /api/oncall/simulate`. WIRE "On-call". Without a policy the team's default. */
export const SimulateQuery = z.object({
  policy_id: id.optional(),
  severity: z.string().toLowerCase().pipe(z.enum(['sev1', 'sev2', 'sev3', 'sev4'])).default('sev2'),
  service_id: id.optional(),
  at: Instant.optional(),
}) // biome-ignore format: one attribute a line

const Why = z.object({
  type: z.enum(['user', 'team', 'webhook', 'schedule', 'last-resort']),
  schedule_id: z.string().nullable(),
  reason: z.enum(['layer', 'override', 'cover']).nullable(),
  layer: z.string().nullable(),
})
const Page = z.object({
  at: z.string(),
  user_id: z.string().nullable(),
  webhook_id: z.string().nullable(),
  name: z.string(),
  channel: z.string(),
  /** Masked. */
  contact: z.string(),
  /** Quiet hours left louder channels out. */
  quiet: z.boolean(),
  why: Why,
})
export const SimulationBody = z
  .object({
    policy_id: z.string(),
    severity: z.enum(['SEV1', 'SEV2', 'SEV3', 'SEV4']),
    at: z.string(),
    steps: z.array(
      z.object({
        at: z.string(),
        step: z.int(),
        round: z.int(),
        urgency: z.string(),
        critical: z.boolean(),
        last_resort: z.boolean(),
        pages: z.array(Page),
        /** Whom the step names and does not reach. A step that reaches nobody is passed at once. */
        unreached: z.array(z.object({ type: z.string(), id: z.string(), why: z.string() })),
      }),
    ),
    /** Nobody in the team can be reached; an incident would ask again every minute. */
    nobody: z.boolean(),
    /** There is more than 200 steps or a week of it. */
    cut: z.boolean(),
  })
  .meta({ id: 'Simulation' })
