import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import type * as z from 'zod'
import type {
  CalendarBody, CoverBody, FeedBody, OverrideBody, QualityBody, ReportBody, ScheduleBody, ShiftBody, SimulationBody, WhoBody,
} from '../../../../shared/oncall/schema.ts' // biome-ignore format: a list
import { api, type Query } from '../../api.ts'
import { everything } from '../../queries.ts'
import { useMinute } from '../../use-minute.ts'
import type { List } from '../../wire.ts'

export type Schedule = ScheduleBody
export type Shift = ShiftBody
export type Cover = CoverBody
export type Override = z.infer<typeof OverrideBody>
export type OnCall = WhoBody[number]
export type Quality = z.infer<typeof QualityBody>
export type Report = z.infer<typeof ReportBody>
export type Simulation = z.infer<typeof SimulationBody>
export type Calendar = CalendarBody
export type Feed = z.infer<typeof FeedBody>

const MINUTE = 60_000
const iso = (at: number) => new Date(at).toISOString()

export const useSchedules = () =>
  useQuery({ queryKey: ['schedules'], queryFn: ({ signal }) => everything<Schedule>('/api/oncall/schedules', {}, signal) })

/** Who is on call now on every schedule; asked again every minute, and when something was changed here. */
export const useWho = () =>
  useQuery({
    queryKey: ['oncall', 'who'],
    queryFn: ({ signal }) => api.get<OnCall[]>('/api/oncall/who-is-oncall', undefined, signal),
    refetchInterval: MINUTE,
  })

const shifts = (path: string, query: Query) => ({
  queryKey: ['oncall', 'shifts', path, query],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Shift[]>(path, query, signal),
  placeholderData: keepPreviousData,
})

/** What each layer has, and who is really paged, in [from, to) epoch ms. */
export function useGrid(schedule: Schedule, from: number, to: number) {
  const path = `/api/oncall/schedules/${schedule.id}/shifts`
  const range = { from: iso(from), to: iso(to) }
  const final = useQuery(shifts(path, range))
  const layers = useQueries({ queries: schedule.layers.map((l) => shifts(path, { ...range, layer: l.id })) })
  return { final, layers }
}

export const useOverrides = (schedule: string, from: number, to: number) =>
  useQuery({
    queryKey: ['oncall', 'overrides', schedule, from, to],
    queryFn: ({ signal }) => everything<Override>(`/api/oncall/schedules/${schedule}/overrides`, { from: iso(from), to: iso(to) }, signal),
    placeholderData: keepPreviousData,
  })

/** The next 30 days of one person on all schedules. */
export function useMyShifts(user: string) {
  const now = Math.floor(useMinute() / (10 * MINUTE)) * 10 * MINUTE
  return useQuery(shifts('/api/oncall/shifts', { user_id: user, from: iso(now), to: iso(now + 30 * 24 * 60 * MINUTE) }))
}

/** Requests that are open, each with how everybody stands to it. */
export const useCovers = (schedule: string) =>
  useQuery({
    queryKey: ['oncall', 'covers', schedule],
    queryFn: async ({ signal }) => {
      const { data } = await api.get<List<Cover>>(
        '/api/oncall/cover-requests',
        { status: 'pending', schedule_id: schedule, per_page: 10 },
        signal,
      )
      return Promise.all(data.map((c) => api.get<Cover>(`/api/oncall/cover-requests/${c.id}`, undefined, signal)))
    },
    refetchInterval: MINUTE,
  })

export const useQuality = (schedule: string) =>
  useQuery({
    queryKey: ['oncall', 'quality', schedule],
    queryFn: ({ signal }) => api.get<Quality>(`/api/oncall/schedules/${schedule}/quality`, undefined, signal),
  })

export const useReport = (schedule: string) =>
  useQuery({
    queryKey: ['oncall', 'report', schedule],
    queryFn: ({ signal }) => api.get<Report>('/api/oncall/reports', { schedule_id: schedule }, signal),
  })

export const useSimulation = (query: Query, enabled: boolean) =>
  useQuery({
    queryKey: ['oncall', 'simulate', query],
    queryFn: ({ signal }) => api.get<Simulation>('/api/oncall/simulate', query, signal),
    enabled,
    placeholderData: keepPreviousData,
  })

export const useFeeds = () =>
  useQuery({
    queryKey: ['oncall', 'feeds'],
    queryFn: ({ signal }) => api.get<{ data: Feed[] }>('/api/oncall/feeds', undefined, signal).then((r) => r.data),
  })
export const useCalendars = () =>
  useQuery({
    queryKey: ['oncall', 'calendars'],
    queryFn: ({ signal }) => api.get<{ data: Calendar[] }>('/api/oncall/calendars', undefined, signal).then((r) => r.data),
  })
