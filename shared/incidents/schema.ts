import * as z from 'zod'
import { ActorBody } from '../actor.ts'
import { channels } from '../notify/page.ts'
import { PageQuery, pageOf } from '../page.ts'
import { type EventType, eventTypes } from './timeline.ts'

export const wireStatuses = ['OPEN', 'ACKNOWLEDGED', 'RESOLVED'] as const
export const wireSeverities = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const
const anyCase = <const T extends readonly [string, ...string[]]>(values: T) => z.string().toUpperCase().pipe(z.enum(values))
const Id = z.uuid().toLowerCase()

/** `POST /api/incidents`. WIRE "Incidents, policies, pages". */
export const Declare = z
  .strictObject({
    title: z.string().trim().min(1).max(300),
    description: z.string().trim().max(10_000).nullish(),
    severity: anyCase(wireSeverities).default('SEV3'),
    service_id: Id.nullish(),
    policy_id: Id.nullish(),
    notify: z.boolean().default(true),
  })
  .meta({ id: 'IncidentInput' })
export type Declare = z.infer<typeof Declare>

export const AddEvent = z.strictObject({ text: z.string().trim().min(1).max(10_000) }).meta({ id: 'TimelineNote' })
/** Whom to call in; without a target the policy's next step is taken now. */
export const Escalate = z
  .strictObject({
    target: z
      .strictObject({
        type: z
          .string()
          .toLowerCase()
          .pipe(z.enum(['user', 'team'])),
        id: Id.optional(),
      })
      .optional(),
  })
  .meta({ id: 'Escalate' })

const Instant = z.iso.datetime({ offset: true })
/** A comma list in a query. */
const anyOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .string()
    .max(200)
    .transform((text) => text.toUpperCase().split(',').filter(Boolean))
    .pipe(z.array(z.enum(values)).min(1))
const Flag = z.enum(['true', 'false']).transform((text) => text === 'true')
export const ListIncidents = PageQuery.extend({
  /** One or several: `OPEN,ACKNOWLEDGED`. */
  status: anyOf(wireStatuses).optional(),
  severity: anyOf(wireSeverities).optional(),
  /** `false`: nobody ever acknowledged, such as one that recovered by itself. */
  acknowledged: Flag.optional(),
  /** Those that whoever asks has, acknowledged or resolved. */
  mine: Flag.optional(),
  monitor_id: Id.optional(),
  policy_id: Id.optional(),
  /** Opened in [from, to). */
  from: Instant.optional(),
  to: Instant.optional(),
  /** In the title, or `INC-12` and `12`. */
  q: z.string().trim().max(200).optional(),
})
export type ListIncidents = z.infer<typeof ListIncidents>
export const MttaQuery = z.object({ from: Instant.optional(), to: Instant.optional() })

export const IncidentBody = z
  .object({
    id: z.string(),
    team_number: z.int(),
    title: z.string(),
    status: z.enum(wireStatuses),
    severity: z.enum(wireSeverities),
    cause: z.string(),
    monitor_id: z.string().nullable(),
    /** The alert that opened it. */
    alert_id: z.string().nullable(),
    policy_id: z.string().nullable(),
    service_id: z.string().nullable(),
    /** Who has it, else who was paged last. */
    responder_id: z.string().nullable(),
    escalation_level: z.int(),
    /** The first failed check; the declaration for a declared one. */
    started_at: z.string(),
    created_at: z.string(),
    acknowledged_at: z.string().nullable(),
    acknowledged_by: ActorBody.nullable(),
    resolved_at: z.string().nullable(),
    resolved_by: ActorBody.nullable(),
    /** Seconds after created_at. */
    time_to_acknowledge: z.int().nullable(),
    time_to_resolve: z.int().nullable(),
  })
  .meta({ id: 'Incident' })
export type IncidentBody = z.infer<typeof IncidentBody>
export const IncidentList = pageOf(IncidentBody).meta({ id: 'IncidentList' })

/** One rung of the ladder as it stood when the incident opened. */
const Rung = z.object({ step: z.int(), round: z.int(), at: z.string(), who: z.array(z.string()) })
/** One incident answers more than a list's line: what is known, and where the ladder is. */
export const IncidentDetail = IncidentBody.extend({
  description: z.string().nullable(),
  why: z.array(z.string()),
  votes: eventTypes.opened.shape.votes,
  policy_name: z.string(),
  notify: z.boolean(),
  /** Steps still to come if nobody acknowledges, the next one first. */
  next: z.array(Rung),
}).meta({ id: 'IncidentDetail' })
export type IncidentDetail = z.infer<typeof IncidentDetail>

export const TimelineBody = z
  .object({
    id: z.string(),
    at: z.string(),
    type: z.enum(Object.keys(eventTypes) as [EventType, ...EventType[]]),
    actor: ActorBody,
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'TimelineEvent' })
export type TimelineBody = z.infer<typeof TimelineBody>
export const Timeline = z.array(TimelineBody).meta({ id: 'Timeline' })

const Receipt = z.object({
  at: z.string(),
  state: z.enum(['queued', 'sent', 'accepted', 'delivered', 'seen', 'acknowledged', 'failed']),
  provider_id: z.string().nullable(),
  detail: z.string().nullable(),
  possibly_twice: z.boolean(),
})

export const PageBody = z
  .object({
    id: z.string(),
    /** A `notice` tells an admin of a hole in the policy. */
    kind: z.enum(['page', 'notice']),
    step: z.int(),
    channel: z.enum(channels),
    contact: z.string(),
    user_id: z.string().nullable(),
    user_name: z.string().nullable(),
    /** Broke quiet hours. */
    critical: z.boolean(),
    state: z.enum(['due', 'sending', 'accepted', 'delivered', 'seen', 'stopped', 'failed']),
    attempt: z.int(),
    next_try_at: z.string().nullable(),
    /** Why it has not left: others to the same phone were told first. */
    held: z.string().nullable(),
    /** The page in whose message this one was told. */
    told_with: z.string().nullable(),
    /** The page whose contact failed. */
    replaces: z.string().nullable(),
    possibly_twice: z.boolean(),
    receipts: z.array(Receipt),
    /** All of the above and the incident's id, as a JWS that the keys of /.well-known/tocsin-receipts.json prove. docs/paging.md */
    signed: z.string(),
  })
  .meta({ id: 'Page' })
export type PageBody = z.infer<typeof PageBody>
export const Pages = z.array(PageBody).meta({ id: 'Pages' })

/** How long first pages of incidents took to leave, in ms from when they were due; null when there were none. Of the newest 10,000. */
export const PagingTimes = z
  .object({
    from: z.string(),
    to: z.string(),
    pages: z.int(),
    p50_ms: z.int().nullable(),
    p95_ms: z.int().nullable(),
    p99_ms: z.int().nullable(),
    /** What we promise for p99, and the share that kept it. */
    objective_ms: z.int(),
    within_objective: z.number().nullable(),
  })
  .meta({ id: 'PagingTimes' })

/** Medians in seconds over incidents opened in the period; null when none was acknowledged or resolved. */
export const Mtta = z
  .object({
    from: z.string(),
    to: z.string(),
    incidents: z.int(),
    acknowledged: z.int(),
    resolved: z.int(),
    median_time_to_acknowledge: z.int().nullable(),
    median_time_to_resolve: z.int().nullable(),
  })
  .meta({ id: 'MttaMttr' })
