import { newId } from '../shared/ids.ts'
import { ring } from '../shared/seal.ts'
import type { CheckResult, Region } from '../shared/uptime/checks/spec.ts'
import { maintenanceAt } from '../shared/uptime/maintenance.ts'
import { places } from '../shared/uptime/regions.ts'
import { openSecrets } from '../shared/uptime/secrets.ts'
import { ask } from '../shared/uptime/verdict.ts'
import { type Held, isSlow, rulesOf, specOf, turnOf, waitMs, windowOf } from '../shared/uptime/watch.ts'
import type { Env } from './env.ts'
import { stubs } from './stubs.ts'
import { within } from './within.ts'

/** How many Probe objects share a region's checks. */
const PROBE_SLICES = 2
/** Six connections of one invocation may wait for an answer. */
const GROUP_MAX = 5

/** A monitor in memory: what is held, and what a restart may forget. */
export type Watch = {
  h: Held
  /** Grows when what is asked changes; answers of an older one are dropped. */
  epoch: number
  inFlight: number
  dueAt: number
  window: { open: boolean; changesAt: number | null }
  secrets: ReturnType<typeof openSecrets> | null
  /** The regions that failed when Incidents last heard of it. */
  failing: string | null
  /** Nobody looked until now; the next answer ends that. */
  unobserved: boolean
  asking: Promise<CheckResult[]> | null
}

/** One check under way. `verdict`: it belongs to the monitor's own turn or round; else somebody asked for it. */
export type Asked = { w: Watch; epoch: number; region: Region; round: string | null; verdict: boolean }

export const watchOf = (h: Held, at: number): Watch => ({
  h,
  epoch: 0,
  inFlight: 0,
  dueAt: at,
  window: windowAt(h, at),
  secrets: null,
  failing: null,
  unobserved: false,
  asking: null,
})

/** A paused monitor has no window: its pause lies over it. */
export const windowAt = (h: Held, at: number): Watch['window'] =>
  h.paused ? { open: false, changesAt: null } : maintenanceAt(windowOf(h.monitor), at)

/** Within a second, and not all of an import at once. */
export const soon = (h: Held, at: number): number => at + (Number.parseInt(h.monitor.id.slice(-4), 16) % 700)

/** The monitor's turn, or its round. */
export function begin(w: Watch, at: number): Asked[] {
  const state = { ...w.h.state, turn: turnOf(w.h.monitor, at) }
  const asked = ask(state, rulesOf(w.h, w.window.open), newId(at), at)
  w.h = { ...w.h, state: asked.state }
  return asked.regions.map((region) => ({ w, epoch: w.epoch, region, round: asked.round, verdict: true }))
}

/** What one invocation checks: turns of one region together; a round, and a target that answers slowly, by itself. */
export function groupsOf(asked: readonly Asked[]): Asked[][] {
  const groups = Map.groupBy(asked, (one) => (one.round !== null || isSlow(one.w.h) ? one : one.region))
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / GROUP_MAX) }, (_, i) => group.slice(i * GROUP_MAX, (i + 1) * GROUP_MAX)),
  )
}

/** All regions because somebody asks, whosever turn it is. */
export function outOfTurn(w: Watch, at: number): Asked[] {
  const round = newId(at)
  return w.h.monitor.regions.map((region) => ({ w, epoch: w.epoch, region, round, verdict: false }))
}

/** Has a group of one region checked there, in its order. Throws when the probe does not answer in the time of its slowest check and ten seconds. */
export async function probe(env: Env, group: readonly Asked[]): Promise<CheckResult[]> {
  const { region, w } = group[0]!
  const specs = await Promise.all(
    group.map(async (asked) => {
      const { monitor } = asked.w.h
      const plain = monitor.auth_password === null && !monitor.request_headers.length
      asked.w.secrets ??= plain ? Promise.resolve(monitor) : openSecrets(ring(env.SECRET_KEYS), monitor.team, monitor)
      const secrets = await asked.w.secrets
      if (!secrets) throw new Error(`the secrets of ${monitor.id} cannot be opened: a key left the ring`)
      return specOf(monitor, secrets, region, asked.round)
    }),
  )
  const longest = Math.max(...specs.map((s) => s.timeoutMs))
  const there = stubs.probe(region, w.h.monitor.shard % PROBE_SLICES, places[region].hint)
  return within(waitMs(longest), Promise.resolve(there.run(specs)))
}
