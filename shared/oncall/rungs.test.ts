import { expect, test } from 'vitest'
import { rungAt, rungCount } from './rungs.ts'
import type { Escalates, Step } from './schema.ts'

const step = (wait_before: number, repeat_count = 0, repeat_every = 60): Step => ({
  wait_before,
  repeat_count,
  repeat_every,
  urgency: 'high',
  targets: [],
  assign: 'all',
  when: null,
})
const policy = (steps: Step[], repeat_count = 0, final_team_after: number | null = null): Escalates => ({
  id: 'p',
  name: 'P',
  repeat_count,
  steps,
  timezone: 'UTC',
  final_team_after,
  acknowledgement_timeout: null,
})
const all = (p: Escalates) => Array.from({ length: rungCount(p) }, (_, k) => rungAt(p, k)).map((r) => [r.number, r.round, r.again, r.wait])

test('rungs are steps with their repeats, round after round', () => {
  expect(all(policy([step(5, 2, 30), step(90)], 1))).toEqual([
    [1, 1, 0, 5], [1, 1, 1, 30], [1, 1, 2, 30], [2, 1, 0, 90],
    [1, 2, 0, 5], [1, 2, 1, 30], [1, 2, 2, 30], [2, 2, 0, 90],
  ]) // biome-ignore format: a ladder
})

test('the whole team at the end is one rung more, one step past the last', () => {
  expect(all(policy([step(5)], 1, 300))).toEqual([[1, 1, 0, 5], [1, 2, 0, 5], [2, 2, 0, 300]]) // biome-ignore format: a ladder
  expect(all(policy([step(5)], 0, 0))).toHaveLength(2)
})

test('the place after the last is the last resort: the whole team', () => {
  expect(rungAt(policy([step(5)]), 1)).toMatchObject({ number: 2, round: 1, step: { targets: [{ type: 'team' }] } })
})
