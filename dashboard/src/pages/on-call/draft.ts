import { fromLocal, toLocal } from './days.ts'
import type { Schedule } from './queries.ts'

/** A layer as it is typed: times on the wall clock of the schedule's zone. */
export type Draft = {
  id?: string
  name: string
  type: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'CUSTOM'
  interval: string
  hours: string
  split: boolean
  /** As it was split before: kept where it still makes up the period. */
  parts: readonly number[] | null
  start: string
  people: string[]
  days: string[]
  from: string
  to: string
  limited: boolean
  /** Restrictions beyond the first: kept as they are. */
  more: Schedule['layers'][number]['restrictions']
  calendar: string
  end: string | null
}
export const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

export const fresh = (name: string, at: number, zone: string): Draft => ({
  name, type: 'WEEKLY', interval: '1', hours: '12', split: false,
  parts: null, start: `${toLocal(at, zone).slice(0, 10)}T09:00`, people: [], days: WEEK.slice(0, 5), from: '09:00', to: '17:00', limited: false, more: [], calendar: '', end: null,
}) // biome-ignore format: a draft

export const draftOf = (l: Schedule['layers'][number], zone: string): Draft => {
  const [first, ...more] = l.restrictions
  return {
    id: l.id, name: l.name, type: l.rotation_type as Draft['type'], interval: String(l.rotation_interval), hours: String(l.rotation_interval_hours ?? 12), split: l.rotation_split !== null,
    parts: l.rotation_split,
    start: toLocal(Date.parse(l.rotation_start), zone), people: l.participants, days: first?.days ?? WEEK.slice(0, 5), from: first?.from ?? '09:00', to: first?.to ?? '17:00', limited: first !== undefined, more,
    calendar: l.calendar_id ?? '', end: l.rotation_end,
  } // biome-ignore format: a draft
}

export function layerInput(d: Draft, zone: string) {
  const base = {
    ...(d.id ? { id: d.id } : {}),
    name: d.name.trim() || 'Layer',
    restrictions: d.limited ? [{ days: d.days, from: d.from, to: d.to }, ...d.more] : [],
  }
  if (d.calendar) return { ...base, calendar_id: d.calendar }
  const start = fromLocal(d.start, zone)
  return {
    ...base,
    rotation_type: d.type,
    rotation_interval: Number(d.interval) || 1,
    ...(d.type === 'CUSTOM' ? { rotation_interval_hours: Number(d.hours) } : {}),
    ...(d.type === 'WEEKLY' && d.split ? { rotation_split: partsOf(d) } : {}),
    ...(start === null ? {} : { rotation_start: new Date(start).toISOString() }),
    rotation_end: d.end,
    participants: d.people,
  }
}

function partsOf({ parts, interval }: Draft): number[] {
  const days = 7 * (Number(interval) || 1)
  return parts && parts.reduce((sum, part) => sum + part, 0) === days ? [...parts] : [4, days - 4]
}
