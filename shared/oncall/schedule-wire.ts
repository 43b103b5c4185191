import { iso, isoOrNull, SECOND } from '../time.ts'
import type { Layer, ScheduleDefinition } from './definition.ts'
import type { Load } from './load.ts'
import type { Piece } from './pieces.ts'
import type { Quality } from './quality.ts'
import type { LayerBody, ScheduleBody, ShiftBody } from './schedule-schema.ts'
import type { Kept } from './schedule-store.ts'
import type { OverrideRow } from './schedule-table.ts'
import { shiftId } from './shift-id.ts'

export const layerBody = (l: Layer): LayerBody => ({
  id: l.id,
  name: l.name,
  rotation_type: l.rotation.type.toUpperCase(),
  rotation_interval: l.rotation.interval,
  rotation_interval_hours: l.rotation.hours,
  rotation_split: l.rotation.split ? [...l.rotation.split] : null,
  rotation_start: iso(l.rotation.start),
  rotation_end: isoOrNull(l.rotation.end),
  participants: [...l.rotation.participants],
  restrictions: l.restrictions.map((r) => ({ ...r, days: [...r.days] })),
  calendar_id: l.calendar,
})

/** A schedule as it is at `at`, with what was saved for later. */
export function scheduleBody({ row, versions }: Kept, at: number): ScheduleBody {
  const now = versions.findLast((v) => v.from_at <= at) ?? versions[0]!
  const bottom = now.layers[0]
  return {
    id: row.id,
    name: row.name,
    timezone: now.timezone,
    layers: now.layers.map(layerBody),
    rotation_type: bottom ? bottom.rotation.type.toUpperCase() : null,
    rotation_start: bottom ? iso(bottom.rotation.start) : null,
    rotation_interval_hours: bottom ? hoursOf(bottom) : null,
    participants: bottom ? [...bottom.rotation.participants] : [],
    google_calendar_id: row.google_calendar_id,
    outlook_calendar_id: row.outlook_calendar_id,
    upcoming: versions
      .filter((v) => v.from_at > at)
      .map((v) => ({ effective_at: iso(v.from_at), timezone: v.timezone, layers: v.layers.map(layerBody) })),
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
  }
}

/** The seed counts every interval in hours; a month has no number of them. */
const hoursOf = ({ rotation: r }: Layer): number | null => {
  const unit = { daily: 24, weekly: 168, monthly: null, custom: r.hours }[r.type]
  return unit === null ? null : unit * r.interval
}

export function shiftBody(def: Pick<ScheduleDefinition, 'id' | 'overrides'>, p: Piece): ShiftBody {
  const by = p.override === null ? undefined : def.overrides.find((o) => o.id === p.override)
  return {
    id: shiftId(def.id, p.layer, p.from),
    schedule_id: def.id,
    user_id: p.user,
    start_time: iso(p.from),
    end_time: iso(p.until),
    layer: p.layer,
    is_override: p.reason !== 'layer',
    override_id: p.override,
    overridden_by_id: by?.by ?? null,
    override_reason: by?.note ?? null,
    cover_request_id: by?.cover ?? null,
  }
}

export const overrideBody = (o: Omit<OverrideRow, 'number'>) => ({
  id: o.id,
  schedule_id: o.schedule_id,
  user_id: o.user_id,
  start_time: iso(o.from_at),
  end_time: iso(o.until_at),
  replaces: o.replaces,
  layer: o.layer,
  override_reason: o.reason,
  cover_request_id: o.cover_request_id,
  created_by: o.created_by,
  created_at: iso(o.created_at),
})

export const loadBody = (l: Load) => ({
  user_id: l.user,
  seconds: l.seconds,
  night_seconds: l.nightSeconds,
  weekend_seconds: l.weekendSeconds,
  nights: l.nights,
  weekend_days: l.weekendDays,
  shifts: l.shifts,
  days_in_a_row: l.daysInARow,
})

export const qualityBody = (q: Quality) => ({
  covered: q.covered,
  gaps: q.gaps.map((g) => ({ from: iso(g.from), to: iso(g.until) })),
  balance: q.balance,
  people: q.people.map(loadBody),
  away: q.away.map((a) => ({ user_id: a.user, from: iso(a.from), to: iso(a.until) })),
  next_clock_change: q.clockChange && {
    at: iso(q.clockChange.at),
    forward_seconds: q.clockChange.forwardMs / SECOND,
    user_id: q.clockChange.user,
  },
})
