import * as z from 'zod'
import type { Actor } from '../actor.ts'
import { channels } from '../notify/page.ts'
import { targetTypes } from '../oncall/schema.ts'
import { checkErrors, regions } from '../uptime/checks/spec.ts'

const Vote = z.object({
  region: z.enum(regions),
  outcome: z.enum(['up', 'down']),
  error: z.enum(checkErrors).nullable(),
  status: z.number().nullable(),
  totalMs: z.number(),
})
const Observed = z.object({ why: z.array(z.string()), votes: z.array(Vote) })
const Channel = z.enum(channels)
const Unreached = z.object({ type: z.enum(targetTypes), id: z.string(), why: z.enum(['left', 'no-contact', 'nobody-on-call', 'gone']) })
const Paged = z.object({ page_id: z.string(), step: z.number(), channel: Channel, contact: z.string(), user_id: z.string().nullable() })

/** Everything that can stand in a timeline: its name on the wire and the shape of `data`. A new kind of event is one line here. */
export const eventTypes = {
  opened: Observed.extend({ what: z.string(), started_at: z.string() }),
  declared: z.object({ notify: z.boolean() }),
  'region-changed': Observed,
  reopened: Observed.extend({ reason: z.enum(['failed-again', 'by-hand']), started_at: z.string().nullable() }),
  /** One page put on its way. */
  paged: Paged.extend({ round: z.number(), reason: z.enum(['step', 'escalated', 'fallback', 'last-resort']), leaves_at: z.string().optional() }),
  'page-accepted': z.object({ page_id: z.string(), channel: Channel, contact: z.string(), user_id: z.string().nullable(), attempt: z.number(), possibly_twice: z.boolean() }),
  /** Told at the first failure, when the contact counts as failing, and at the end of 24 h. */
  'page-failed': z.object({ page_id: z.string(), channel: Channel, contact: z.string(), user_id: z.string().nullable(), attempt: z.number(), detail: z.string().nullable(), gave_up: z.boolean() }),
  'page-seen': z.object({ page_id: z.string(), channel: Channel, user_id: z.string().nullable() }),
  /** A step named nobody who can be reached; the next one did not wait. */
  'step-passed': z.object({ step: z.number(), round: z.number(), unreached: z.array(Unreached).optional() }),
  /** Others of the step were paged; these could not be. */
  'target-unreached': z.object({ step: z.number(), round: z.number(), unreached: z.array(Unreached) }),
  /** Nobody of the whole team can be reached. Asked again every minute, told once. */
  'nobody-reachable': z.object({}),
  escalated: z.object({ to: z.string() }),
  'not-paged': z.object({ reason: z.enum(['switched-off', 'asked-not-to']) }),
  'policy-missing': z.object({ policy_id: z.string() }),
  /** Acknowledged but not resolved for as long as the policy allows: paging begins again. */
  'acknowledgement-lapsed': z.object({ after: z.number() }),
  acknowledged: z.object({ via: z.enum(['app', 'link', 'keypad', 'button']), channel: Channel.nullable() }),
  resolved: z.object({ reason: z.enum(['by-hand', 'recovered', 'deleted', 'paused']), why: z.array(z.string()) }),
  note: z.object({ text: z.string() }),
} satisfies Record<string, z.ZodType> // biome-ignore format: a table

export type EventType = keyof typeof eventTypes
/** A line of the timeline before it has an id. `by` of a user holds the id only: names live in one erasable row. */
export type NewEvent = { [T in EventType]: { type: T; at: number; by: Actor; data: z.infer<(typeof eventTypes)[T]> } }[EventType]
export type TimelineEvent = NewEvent & { id: string }
