import type { Policy, Severity } from './escalation.ts'
import { inNight } from './load.ts'
import { simulate, type Team } from './simulate.ts'

/** An incident as it was: open and unacknowledged in [at, until), epoch ms; `until` null when nobody has answered yet. */
export type Past = { severity: Severity; service: string | null; at: number; until: number | null }
/** How often somebody is paged: steps that reach them, and those of them at night where they live. */
export type Paged = { user: string; times: number; atNight: number }

/** Steps that one question climbs in all: a policy of a thousand rungs and incidents that nobody answers must not take minutes. */
const STEPS_MAX = 5000

/**
 * Whom a policy pages for these incidents, by the code that pages, each until it was answered. Oldest first, so that round robin goes on
 * from one to the next; `counted` of them, until 5,000 steps were climbed. What people did then is taken as given: somebody else paged
 * might have been quicker.
 */
export function wouldPage(policy: Policy, incidents: readonly Past[], team: Team): { people: Paged[]; counted: number } {
  const turns: Record<string, number> = {}
  const zones = new Map(team.people.map((p) => [p.id, p.zone]))
  const by = new Map<string, Paged>()
  let [counted, left] = [0, STEPS_MAX]
  for (const { at, until, severity, service } of incidents.toSorted((a, b) => a.at - b.at)) {
    const end = until ?? Number.POSITIVE_INFINITY
    const { steps } = simulate({ policy, severity, service, at, until: end, turns }, team)
    left -= steps.length
    if (left < 0) break
    counted++
    for (const step of steps) {
      const first = new Map<string, number>()
      for (const page of step.pages)
        if (page.user !== null && page.at < end && !(first.get(page.user)! <= page.at)) first.set(page.user, page.at)
      for (const [user, when] of first) {
        const paged = by.get(user) ?? { user, times: 0, atNight: 0 }
        paged.times += 1
        paged.atNight += inNight(when, zones.get(user) ?? 'UTC') ? 1 : 0
        by.set(user, paged)
      }
    }
  }
  return { people: [...by.values()].sort((a, b) => b.times - a.times || (a.user < b.user ? -1 : 1)), counted }
}
