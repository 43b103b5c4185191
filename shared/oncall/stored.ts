import type { Condition, Escalates, Step } from './schema.ts'

/**
 * Steps and policies of any version as the present one; what the first version did not have is filled in, so that steps stored then
 * go on as they were. schema.ts says the same of answers; here by hand, because every cold start loads this and must not load zod.
 */
export const stepsOf = (stored: unknown): Step[] => (stored as Step[]).map(stepOf)

/** What an incident keeps of the policy it began with. */
export function escalatesOf(stored: unknown): Escalates {
  const { id, name, repeat_count, steps, timezone, final_team_after, acknowledgement_timeout } = stored as Escalates
  return {
    id,
    name,
    repeat_count,
    steps: stepsOf(steps),
    timezone: timezone ?? 'UTC',
    final_team_after: final_team_after ?? null,
    acknowledgement_timeout: acknowledgement_timeout ?? null,
  }
}

const stepOf = ({ wait_before, urgency, targets, assign, repeat_count, repeat_every, when }: Partial<Step>): Step => ({
  wait_before: wait_before!,
  urgency: urgency!,
  targets: targets!.map(({ type, id }) => ({ type, id })),
  assign: assign ?? 'all',
  repeat_count: repeat_count ?? 0,
  repeat_every: repeat_every ?? 60,
  when: when ? conditionOf(when) : null,
})

const conditionOf = ({ severities, services, hours, otherwise }: Partial<Condition>): Condition => ({
  severities: severities ?? null,
  services: services ?? null,
  hours: hours ?? null,
  otherwise: otherwise ?? false,
})
