import type { CheckError, Region } from '../uptime/checks/spec.ts'

/** One region's part in a verdict, as the timeline and the page tell it. */
export type Vote = { region: Region; outcome: 'up' | 'down'; error: CheckError | null; status: number | null; totalMs: number }

/**
 * What an incident is about. A monitor's `url` is what it checks; an alert has none, and `series` when each of its series has an
 * incident of its own.
 */
export type Cause =
  | { type: 'monitor'; id: string; name: string; url: string }
  | { type: 'alert'; id: string; name: string; series?: string }

/**
 * What a MonitorShard saved together with its verdict, an Alerts object together with its evaluation: "this incident must exist".
 * `Incidents.open(intent)` may be called any number of times; `id` is minted by the caller and makes it idempotent.
 */
export type Intent = {
  id: string
  team: string
  cause: Cause
  /** "503 from 3 of 4 regions": what people read first, beside the monitor's name. */
  what: string
  policyId: string | null
  /** SEV2 when it is left out. */
  severity?: 'sev1' | 'sev2' | 'sev3' | 'sev4'
  /** Epoch ms of the first failed check of this failure, and of the verdict. */
  startedAt: number
  verdictAt: number
  why: string[]
  votes: Vote[]
  /** Alert switches of the monitor; they act when no policy is set. */
  email: boolean
}

/** What a MonitorShard or an Alerts object tells about an incident it opened: shown in the timeline, decides recovery. Idempotent by `id`. */
export type Observation = {
  id: string
  incident: string
  at: number
  type: 'recovered' | 'region-changed' | 'deleted' | 'paused'
  why: string[]
  votes: Vote[]
}
