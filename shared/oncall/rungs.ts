import type { Escalates, Step } from './schema.ts'

/** A place on the ladder: a step in a round, the first time or again. `number` counts steps from 1; `wait` in seconds after the rung before. */
export type Rung = { step: Step; number: number; round: number; again: number; wait: number }

const perRound = (policy: Escalates): number => policy.steps.reduce((n, s) => n + 1 + s.repeat_count, 0)
const ofSteps = (policy: Escalates): number => perRound(policy) * (policy.repeat_count + 1)

/** How many rungs a policy has: every step and its repeats in every round, and the whole team at the end where it is wanted. */
export const rungCount = (policy: Escalates): number => ofSteps(policy) + (policy.final_team_after === null ? 0 : 1)

/** The rung at a place that counts from 0. The one past the last is the last resort: the whole team, one step past the policy's. */
export function rungAt(policy: Escalates, place: number): Rung {
  const n = policy.steps.length
  if (place >= ofSteps(policy)) return { ...everybody(policy), number: n + 1, round: policy.repeat_count + 1, again: 0 }
  const per = perRound(policy)
  let left = place % per
  let i = 0
  while (left > policy.steps[i]!.repeat_count) left -= policy.steps[i++]!.repeat_count + 1
  const step = policy.steps[i]!
  return { step, number: i + 1, round: Math.floor(place / per) + 1, again: left, wait: left ? step.repeat_every : step.wait_before }
}

/** The team's id is not needed: a policy pages its own. */
const everybody = (policy: Escalates): Pick<Rung, 'step' | 'wait'> => ({
  step: {
    wait_before: policy.final_team_after ?? 0,
    urgency: 'high',
    targets: [{ type: 'team', id: '' }],
    assign: 'all',
    repeat_count: 0,
    repeat_every: 60,
    when: null,
  },
  wait: policy.final_team_after ?? 0,
})
