import * as z from 'zod'

const range = { from: z.string(), to: z.string() }
const Carries = z.object({ user_id: z.string(), seconds_before: z.int(), seconds_after: z.int() })

/** `POST …/schedules/{id}/preview`: what a change would do to who is on call. Nothing is saved. */
export const SchedulePreview = z
  .object({
    ...range,
    /** When another person is on call than without the change; null is nobody. In order, at most 500. */
    changes: z.array(
      z.object({ start_time: z.string(), end_time: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
    ),
    /** There are more. */
    cut: z.boolean(),
    gaps_before: z.array(z.object(range)),
    gaps_after: z.array(z.object(range)),
    people: z.array(Carries),
    /** Cover requests that would move with their shift, or be cancelled with it. */
    covers: z.array(z.object({ id: z.string(), becomes: z.enum(['moved', 'canceled']) })),
  })
  .meta({ id: 'SchedulePreview' })

/** `POST …/policies/{id}/preview`: whom the last 30 days' incidents would have paged. Nothing is saved. */
export const PolicyPreview = z
  .object({
    ...range,
    /** Incidents of these days that paged by this policy and count here: the newest 500, fewer when they climb more than 5,000 steps. */
    incidents: z.int(),
    people: z.array(
      z.object({
        user_id: z.string(),
        name: z.string(),
        /** Steps that reach them, as the policy is and as it would be; and of those at night where they live. */
        times_before: z.int(),
        times_after: z.int(),
        night_before: z.int(),
        night_after: z.int(),
      }),
    ),
  })
  .meta({ id: 'PolicyPreview' })
export type PolicyPreview = z.infer<typeof PolicyPreview>
