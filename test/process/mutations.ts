/** One plausible mistake in a rule: `find` stands once in `file`; put `replace` there and a test beside the rule must fail. */
export type Mutation = { file: string; what: string; find: string; replace: string }

const escalation = (what: string, find: string, replace: string): Mutation => ({ file: 'shared/oncall/escalation.ts', what, find, replace })

const rungs = (what: string, find: string, replace: string): Mutation => ({ file: 'shared/oncall/rungs.ts', what, find, replace })
const notification = (what: string, find: string, replace: string): Mutation => ({
  file: 'shared/oncall/notification.ts',
  what,
  find,
  replace,
})
const stormy = (what: string, find: string, replace: string): Mutation => ({ file: 'shared/notify/storm.ts', what, find, replace })

const verdict = (what: string, find: string, replace: string): Mutation => ({ file: 'shared/uptime/verdict.ts', what, find, replace })
const page = (what: string, find: string, replace: string): Mutation => ({ file: 'shared/incidents/page-state.ts', what, find, replace })

export const mutations: Mutation[] = [
  verdict('one region too few makes it down', 'if (t.failing >= t.needed) {', 'if (t.failing >= t.needed - 1) {'),
  verdict('one region too many is asked for', 'if (t.failing >= t.needed) {', 'if (t.failing > t.needed) {'),
  verdict('confirmation is not waited for', 'if (held >= rules.confirmationMs)', 'if (held >= 0)'),
  verdict('recovery is not waited for', 'if (held < rules.recoveryMs)', 'if (held < 0)'),
  verdict('regions in one place count twice', 'state.last[region]?.place ?? region', 'region'),
  verdict('the quorum may exceed the places', 'Math.min(rules.quorum, places.size)', 'rules.quorum'),
  verdict(
    'a failure starts no round',
    'validating: true, round: null, firstFailedAt: failed.at',
    'validating: false, round: null, firstFailedAt: failed.at',
  ),
  verdict('maintenance opens rounds', 'if (rules.maintenance) return { state, effect', 'if (!rules) return { state, effect'),
  verdict('a missing answer counts as failed', 'if (outcomes.includes(undefined)) open++', 'if (outcomes.includes(undefined)) failing++'),
  verdict('an answer of another round counts', 'r.round !== null && r.round === state.round?.id', 'r.round !== null'),
  verdict('the rotation stands still', 'turn: state.turn + 1', 'turn: state.turn'),
  verdict('while down only one region is asked', "if (state.phase === 'down' || state.validating)", 'if (state.validating)'),
  verdict('a relapse keeps the recovery clock', 'validating: false, goodSince: null }, effect', 'validating: false }, effect'),
  page('a page begins before it is due', 'page.dueAt !== null && page.dueAt <= at', 'page.dueAt !== null'),
  page(
    'a failed page is not tried again',
    "told({ ...lost, state: 'due', dueAt }, 'failed', at, said)",
    "told({ ...lost, state: 'failed', dueAt: null }, 'failed', at, said)",
  ),
  page('it is tried for ever', 'dueAt > page.createdAt + DAY', 'dueAt > page.createdAt + 1000 * DAY'),
  page('waits do not grow', '2 ** (failures - 1)', '1'),
  page(
    'an orphan does not say that it may come twice',
    'dueAt: at, possiblyTwice: true }',
    'dueAt: at, possiblyTwice: page.possiblyTwice }',
  ),
  page(
    'an orphan is forgotten',
    "page.state === 'sending' ? { page: { ...page, state: 'due'",
    "page.state === 'due' ? { page: { ...page, state: 'due'",
  ),
  page(
    'acknowledging stops nothing',
    "page.state === 'due' || page.state === 'sending' ? { page: { ...page, state: 'stopped'",
    "page.state === 'failed' ? { page: { ...page, state: 'stopped'",
  ),
  page('an unknown outcome does not say that it may come twice', "page.possiblyTwice || said.outcome === 'unknown'", 'page.possiblyTwice'),

  escalation('a wait is counted in milliseconds', 'out.since + wait * SECOND', 'out.since + wait'),
  escalation('a rung is taken a millisecond early', 'if (due > at) return', 'if (due > at + 1) return'),
  escalation('a rung that reaches nobody is waited for', 'out.since = at\n    atOnce = nobody', 'out.since = at\n    atOnce = false'),
  escalation('a failed rung is waited for', 'let atOnce = facts.lastRungFails\n  while', 'let atOnce = false\n  while'),
  escalation('the wait is not counted from the rung before', 'out.since = at\n', 'out.since = due\n'),
  escalation('nobody is the last resort', 'if (out.taken > rungs || out.calls.length || facts.someoneReached)', 'if (out.taken >= rungs)'),
  escalation('people without a contact count as reached', 'people.filter((p) => p.contacts.length)', 'people.filter(() => true)'),
  escalation(
    'with nobody at all it gives up',
    'if (!people.length) return { ...out, lookAgain: at + NOBODY_MS }',
    'if (!people.length) return { ...out, exhausted: true }',
  ),
  escalation('a webhook of another id is called', 'facts.endpoints.find((e) => e.id === id)', 'facts.endpoints[0]'),
  escalation(
    'a condition is asked about now',
    'if (!holds(policy, step, facts, due)) {\n      out',
    'if (!holds(policy, step, facts, at)) {\n      out',
  ),
  escalation('otherwise is not heard', 'return fits !== when.otherwise', 'return fits'),
  escalation(
    'a condition on a service holds without one',
    'service !== null && when.services.includes(service)',
    'service === null || when.services.includes(service)',
  ),
  escalation('hours are on no zone', 'openTimes(when.hours, policy.timezone, due, due + 1)', "openTimes(when.hours, 'UTC', due, due + 1)"),
  escalation(
    'a step that is not there is waited for',
    'if (!holds(policy, step, facts, due)) {\n      out.taken += 1',
    'if (!holds(policy, step, facts, due)) {\n      out.since = due\n      out.taken += 1',
  ),
  escalation('round robin always begins with the first', '?? facts.mark(key), key)', '?? 0, key)'),
  escalation('round robin does not count its turns', '{ [key]: turn + 1 }', '{ [key]: turn }'),
  escalation('a schedule is asked who was on call before', 'facts.onCall(id, at)', 'facts.onCall(id, facts.since - 1)'),
  escalation(
    'an empty schedule is not said',
    "user === null ? none('nobody-on-call') : person(user)",
    'user === null ? together([]) : person(user)',
  ),
  rungs('a repeat is left out', '(policy.repeat_count + 1)\n\n', 'Math.max(1, policy.repeat_count)\n\n'),
  rungs('a step does not repeat', 'n + 1 + s.repeat_count, 0)', 'n + 1, 0)'),
  rungs('a repeated step waits like the first time', 'wait: left ? step.repeat_every : step.wait_before', 'wait: step.wait_before'),
  rungs('the whole team at the end is left out', '(policy.final_team_after === null ? 0 : 1)', '0'),
  notification('quiet hours silence the critical', '!urgency.critical && inQuietHours', 'inQuietHours'),
  notification('quiet hours swallow a page', 'silent.length ? silent : pages', 'quiet ? silent : pages'),
  notification('wishes of another urgency are followed', '(r) => r.urgency === urgency.id', '() => true'),
  notification('a wish for later is paged at once', 'after: r.after * 1000', 'after: 0'),
  notification('somebody without the urgency’s channels is not paged', 'first.length ? first : person.contacts.slice(0, 1)', 'first'),
  stormy('a phone rings twice in its window', 'at < sentAt + windowMs', 'at < sentAt'),
  stormy('what is not critical takes the reserve', '(critical ? 0 : limit.reserve)', '0'),
  stormy('the limit is never reached', 'if (until > at)\n', 'if (until > at + 1e12)\n'),
]
