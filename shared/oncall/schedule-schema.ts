import * as z from 'zod'
import { PageQuery, pageOf } from '../page.ts'
import { isZone } from '../time.ts'
import { weekdays } from './restrictions.ts'
import { rotationTypes } from './rotation.ts'

const name = z.string().trim().min(1).max(200)
const zone = z.string().refine(isZone, 'Name a zone of the IANA database, such as Europe/Paris or UTC.')
const id = z.uuid().toLowerCase()
/** RFC 3339 with an offset, between 2000 and 2100. */
export const Instant = z.iso
  .datetime({ offset: true, error: 'Write a time with its offset, such as 2026-03-23T09:00:00+01:00 or 2026-03-23T08:00:00Z.' })
  .refine((text) => text >= '2000' && text < '2100', 'Name a time between 2000 and 2100.')
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day such as 09:00.')
const note = z.string().trim().max(1000)

const RestrictionInput = z.strictObject({
  days: z.array(z.string().toLowerCase().pipe(z.enum(weekdays))).min(1).max(7).default([...weekdays]),
  from: clock,
  to: clock.or(z.literal('24:00')),
}) // biome-ignore format: one attribute a line

const rotation = {
  rotation_type: z.string().toLowerCase().pipe(z.enum(rotationTypes)),
  /** Periods between handoffs: days, weeks, months, or times `rotation_interval_hours`. */
  rotation_interval: z.int().min(1).max(52),
  rotation_interval_hours: z.int().min(1).max(8760),
  /** A week in parts of so many days, such as [4, 3]. */
  rotation_split: z.array(z.int().min(1).max(364)).min(2).max(7).nullable(),
  rotation_start: Instant,
  rotation_end: Instant.nullable(),
  participants: z.array(id).max(100),
  restrictions: z.array(RestrictionInput).max(20),
}

const LayerInput = z.strictObject({
  /** Of a layer that exists already, when a schedule is changed. */
  id: id.optional(),
  name: name.optional(),
  rotation_type: rotation.rotation_type.optional(),
  rotation_interval: rotation.rotation_interval.optional(),
  rotation_interval_hours: rotation.rotation_interval_hours.nullish(),
  rotation_split: rotation.rotation_split.optional(),
  rotation_start: rotation.rotation_start.optional(),
  rotation_end: rotation.rotation_end.optional(),
  participants: rotation.participants.default([]),
  restrictions: rotation.restrictions.default([]),
  /** An imported calendar whose events say who has it, instead of a rotation. */
  calendar_id: id.nullish(),
})
export type LayerInput = z.infer<typeof LayerInput>

/** The seed's flat form: one layer, on the schedule itself. */
const flat = {
  rotation_type: rotation.rotation_type.optional(),
  rotation_interval: rotation.rotation_interval.optional(),
  rotation_interval_hours: rotation.rotation_interval_hours.nullish(),
  rotation_start: rotation.rotation_start.optional(),
  participants: rotation.participants.optional(),
}
const calendars = { google_calendar_id: z.string().trim().max(500).nullish(), outlook_calendar_id: z.string().trim().max(500).nullish() }
const layers = z.array(LayerInput).max(20)

/** `POST /api/oncall/schedules`. WIRE "On-call". */
export const ScheduleInput = z
  .strictObject({ name, timezone: zone, layers: layers.optional(), ...flat, ...calendars })
  .meta({ id: 'ScheduleInput' })
export type ScheduleInput = z.infer<typeof ScheduleInput>

/** `PATCH`: what is absent stays. Layers and zone change at `effective_at` (now when absent), never before. */
export const ScheduleChange = z
  .strictObject({ name: name.optional(), timezone: zone.optional(), layers: layers.optional(), effective_at: Instant.optional(), ...flat, ...calendars })
  .meta({ id: 'ScheduleChange' }) // biome-ignore format: a row
export type ScheduleChange = z.infer<typeof ScheduleChange>

const RestrictionBody = z.object({ days: z.array(z.enum(weekdays)), from: z.string(), to: z.string() })
const LayerBody = z
  .object({
    id: z.string(),
    name: z.string(),
    rotation_type: z.string(),
    rotation_interval: z.int(),
    rotation_interval_hours: z.int().nullable(),
    rotation_split: z.array(z.int()).nullable(),
    rotation_start: z.string(),
    rotation_end: z.string().nullable(),
    participants: z.array(z.string()),
    restrictions: z.array(RestrictionBody),
    calendar_id: z.string().nullable(),
  })
  .meta({ id: 'ScheduleLayer' })
export type LayerBody = z.infer<typeof LayerBody>

export const ScheduleBody = z
  .object({
    id: z.string(),
    name: z.string(),
    timezone: z.string(),
    /** Bottom to top, as they are now. */
    layers: z.array(LayerBody),
    /** The bottom layer once more, in the seed's flat form. */
    rotation_type: z.string().nullable(),
    rotation_start: z.string().nullable(),
    rotation_interval_hours: z.int().nullable(),
    participants: z.array(z.string()),
    google_calendar_id: z.string().nullable(),
    outlook_calendar_id: z.string().nullable(),
    /** Changes that were saved for later. */
    upcoming: z.array(z.object({ effective_at: z.string(), timezone: z.string(), layers: z.array(LayerBody) })),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Schedule' })
export type ScheduleBody = z.infer<typeof ScheduleBody>
export const ScheduleList = pageOf(ScheduleBody).meta({ id: 'ScheduleList' })

const range = { from: Instant.optional(), to: Instant.optional() }
export const RangeQuery = z.object(range)
export const ShiftQuery = z.object({ ...range, layer: z.string().max(36).optional() })
export const ShiftBody = z
  .object({
    /** Stable for as long as the shift begins when it does. */
    id: z.string(),
    schedule_id: z.string(),
    user_id: z.string(),
    start_time: z.string(),
    end_time: z.string(),
    /** A layer's id, or `override` where an override covers the whole schedule. */
    layer: z.string(),
    is_override: z.boolean(),
    override_id: z.string().nullable(),
    overridden_by_id: z.string().nullable(),
    override_reason: z.string().nullable(),
    cover_request_id: z.string().nullable(),
  })
  .meta({ id: 'Shift' })
export type ShiftBody = z.infer<typeof ShiftBody>
/** Bare, as WIRE "On-call" draws it: a range has no pages. */
export const ShiftList = z.array(ShiftBody).meta({ id: 'ShiftList' })

/** `POST …/shifts/{id}/override`: the shift or a part of it, by somebody else. */
export const ShiftOverride = z
  .strictObject({
    user_id: id,
    from: Instant.optional(),
    to: Instant.optional(),
    reason: note.nullish(),
    override_reason: note.nullish(),
  })
  .meta({ id: 'ShiftOverride' })
/** `POST …/schedules/{id}/shifts` and `/overrides`: the whole schedule, or one person's time in it. */
export const OverrideInput = z
  .strictObject({
    user_id: id,
    start_time: Instant,
    end_time: Instant,
    /** Only this person's time; everybody's and the gaps when absent. */
    replaces: id.nullish(),
    override_reason: note.nullish(),
  })
  .meta({ id: 'OverrideInput' })
export type OverrideInput = z.infer<typeof OverrideInput>

export const OverrideBody = z
  .object({
    id: z.string(),
    schedule_id: z.string(),
    user_id: z.string(),
    start_time: z.string(),
    end_time: z.string(),
    replaces: z.string().nullable(),
    layer: z.string().nullable(),
    override_reason: z.string().nullable(),
    cover_request_id: z.string().nullable(),
    created_by: z.string().nullable(),
    created_at: z.string(),
  })
  .meta({ id: 'Override' })
export const OverrideList = pageOf(OverrideBody).meta({ id: 'OverrideList' })
export const OverrideQuery = PageQuery.extend(range)

export const WhoQuery = z.object({ schedule_id: id.optional(), at: Instant.optional() })
/** One line a schedule, bare: WIRE "On-call". */
export const WhoBody = z
  .array(
    z.object({
      schedule_id: z.string(),
      /** Null: nobody. */
      user_id: z.string().nullable(),
      since: z.string().nullable(),
      until: z.string().nullable(),
      /** Why: `layer`, `override` or `cover`; null for nobody. */
      reason: z.string().nullable(),
      layer: z.string().nullable(),
      next: z.object({ at: z.string(), user_id: z.string().nullable() }).nullable(),
    }),
  )
  .meta({ id: 'WhoIsOnCall' })
export type WhoBody = z.infer<typeof WhoBody>

const Load = z.object({
  user_id: z.string(),
  seconds: z.int(),
  night_seconds: z.int(),
  weekend_seconds: z.int(),
  nights: z.int(),
  weekend_days: z.int(),
  shifts: z.int(),
  days_in_a_row: z.int(),
})
export const QualityBody = z
  .object({
    covered: z.number(),
    gaps: z.array(z.object({ from: z.string(), to: z.string() })),
    /** Jain's fairness index of the hours: 1 when everybody carries the same. */
    balance: z.number(),
    people: z.array(Load),
    /** On call while an imported calendar of theirs says that they are away: they are paged all the same, so somebody should cover. */
    away: z.array(z.object({ user_id: z.string(), from: z.string(), to: z.string() })),
    next_clock_change: z.object({ at: z.string(), forward_seconds: z.int(), user_id: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'ScheduleQuality' })
export const ReportQuery = z.object({
  ...range,
  schedule_id: id.optional(),
  format: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['json', 'csv']))
    .default('json'),
})
export const ReportBody = z
  .object({
    from: z.string(),
    to: z.string(),
    people: z.array(
      Load.extend({
        name: z.string(),
        timezone: z.string(),
        /** Messages that told them of incidents, whichever schedule or policy they came of. */
        pages: z.int(),
        /** Quarters of an hour at night, where they live, in which something rang. */
        woken: z.int(),
      }),
    ),
  })
  .meta({ id: 'OnCallReport' })
