import type { CheckError, Region } from '../uptime/checks/spec.ts'

/** One region's part in a verdict, as the timeline and the page tell it. */
export type Vote = { region: Region; outcome: 'up' | 'down'; error: CheckError | null; status: number | null; totalMs: number }

/**
 * What a MonitorShard saved together with its verdict: "this incident must exist". `Incidents.open(intent)` may be called any
 * number of times; `id` is minted by the shard and makes it idempotent.
 */
export type Intent = {
  id: string
  team: string
  cause: { type: 'monitor'; id: string; name: string; url: string }
  /** "503 from 3 of 4 regions": what people read first, beside the monitor's name. */
  what: string
  policyId: string | null
  /** Epoch ms of the first failed check of this failure, and of the verdict. */
  startedAt: number
  verdictAt: number
  why: string[]
  votes: Vote[]
  /** Alert switches of the monitor; they act when no policy is set. */
  email: boolean
}

/** What a MonitorShard tells about an incident it opened: shown in the timeline, decides recovery. Idempotent by `id`. */
export type Observation = {
  id: string
  incident: string
  at: number
  type: 'recovered' | 'region-changed' | 'deleted' | 'paused'
  why: string[]
  votes: Vote[]
}
