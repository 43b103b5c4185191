import * as z from 'zod'
import { PageQuery, pageOf } from '../page.ts'
import { coverStatuses } from './cover-status.ts'
import { Instant } from './schedule-schema.ts'

const id = z.uuid().toLowerCase()

/** `POST /api/oncall/cover-requests`. WIRE "On-call". Without `from` and `to` the whole shift, or what is left of it. */
export const CoverInput = z
  .strictObject({
    shift_id: id,
    from: Instant.optional(),
    to: Instant.optional(),
    reason: z.string().trim().max(1000).nullish(),
    /** Whose shift it is, when it is not the asker's own. */
    on_behalf_of: id.nullish(),
    /** Asks only these; without it the fairest are asked. */
    proposed_to: z.array(id).min(1).max(50).optional(),
  })
  .meta({ id: 'CoverInput' })
export type CoverInput = z.infer<typeof CoverInput>

/** Whoever accepts or declines; a key says who, a person is meant themselves. */
export const CoverAnswer = z.strictObject({ user_id: id.optional() }).meta({ id: 'CoverAnswer' })
/** Who accepts may take a part: what is left is asked for as before, by requests of its own. */
export const CoverAccept = z
  .strictObject({ user_id: id.optional(), from: Instant.optional(), to: Instant.optional() })
  .meta({ id: 'CoverAccept' })
export type CoverAccept = z.infer<typeof CoverAccept>

const Proposal = z.object({
  user_id: z.string(),
  /** Null: free. `same-day`: free, on call elsewhere that day. `unavailable`: their calendar says so. `on-call`: on call then. */
  conflict: z.enum(['on-call', 'unavailable', 'same-day']).nullable(),
  declined: z.boolean(),
  /** On call in the last 90 days, and of it at night and on weekends. */
  carried_seconds: z.int(),
  carried_night_seconds: z.int(),
  carried_weekend_seconds: z.int(),
  /** How much of this would be at night where they live. */
  night_seconds: z.int(),
  rested_seconds: z.int().nullable(),
})

export const CoverBody = z
  .object({
    id: z.string(),
    schedule_id: z.string(),
    shift_id: z.string(),
    layer: z.string(),
    /** Whose shift it is. */
    user_id: z.string(),
    requester_id: z.string().nullable(),
    from: z.string(),
    to: z.string(),
    reason: z.string().nullable(),
    status: z.enum(['PENDING', 'ACCEPTED', 'REJECTED', 'CANCELED']),
    /** Who was asked, the fairest first. */
    potential_covers: z.array(z.string()),
    covered_by: z.string().nullable(),
    decided_at: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string(),
    /** How everybody stands to it now; only where one request is asked for, and while it is pending. */
    proposals: z.array(Proposal),
  })
  .meta({ id: 'CoverRequest' })
export type CoverBody = z.infer<typeof CoverBody>
export const CoverList = pageOf(CoverBody).meta({ id: 'CoverRequestList' })
export const ListCovers = PageQuery.extend({
  status: z.string().toLowerCase().pipe(z.enum(coverStatuses)).optional(),
  schedule_id: id.optional(),
})
