/** One plausible mistake in a rule: `find` stands once in `file`; put `replace` there and a test beside the rule must fail. */
export type Mutation = { file: string; what: string; find: string; replace: string }

const escalation = (what: string, find: string, replace: string): Mutation => ({ file: 'shared/oncall/escalation.ts', what, find, replace })

export const mutations: Mutation[] = [
  escalation('a repeat is left out', 'const rungs = n * (policy.repeat_count + 1)', 'const rungs = n * Math.max(1, policy.repeat_count)'),
  escalation(
    'a wait is counted in milliseconds',
    'out.since + policy.steps[out.taken % n]!.wait_before * SECOND',
    'out.since + policy.steps[out.taken % n]!.wait_before',
  ),
  escalation('a rung is taken a millisecond early', 'if (due > at) return', 'if (due > at + 1) return'),
  escalation('a rung that reaches nobody is waited for', 'atOnce = nobody\n', 'atOnce = false\n'),
  escalation('a failed rung is waited for', 'let atOnce = facts.lastRungFails\n  while', 'let atOnce = false\n  while'),
  escalation('the wait is not counted from the rung before', 'out.since = at\n', 'out.since = due\n'),
  escalation('nobody is the last resort', 'if (out.taken > rungs || out.calls.length || facts.someoneReached)', 'if (out.taken >= rungs)'),
  escalation('people without a contact count as reached', 'people.filter((p) => p.contacts.length)', 'people.filter(() => true)'),
  escalation(
    'with nobody at all it gives up',
    'if (!people.length) return { ...out, lookAgain: at + NOBODY_MS }',
    'if (!people.length) return { ...out, exhausted: true }',
  ),
  escalation('a webhook of another id is called', 'if (e.id === id) endpoints.set(id, e)', 'endpoints.set(id, e)'),
]
