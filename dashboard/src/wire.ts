import type * as z from 'zod'
import type { Actor } from '../../shared/actor.ts'
import type { Member, Session } from '../../shared/auth/schema.ts'
import type { IncidentBody, IncidentDetail, PageBody, TimelineBody } from '../../shared/incidents/schema.ts'
import type { PolicyBody } from '../../shared/oncall/schema.ts'
import type { Pagination } from '../../shared/page.ts'
import type { places } from '../../shared/uptime/regions.ts'
import type {
  AvailabilityBody, CheckBody, Counts, DaysBody, GroupBody, ListMonitors, MonitorBody, MonitorChange, NewMonitor, SeenBody, SummaryBody, TimesBody,
} from '../../shared/uptime/schema.ts' // biome-ignore format: a list

/** What crosses the wire, by the schemas the API validates with. Types only: nothing of them reaches the bundle. */
export type List<T> = { data: T[]; pagination: z.infer<typeof Pagination> }
export type Feed<T> = { data: T[]; pagination: { next: string | null } }

export type Region = keyof typeof places
export type Monitor = MonitorBody
export type MonitorStatus = MonitorBody['status']
export type MonitorCounts = z.infer<typeof Counts>
export type MonitorSort = ListMonitors['sort']
export type MonitorGroup = z.infer<typeof GroupBody>
export type { MonitorChange, NewMonitor }
export type Check = CheckBody
export type Seen = z.infer<typeof SeenBody>['results'][number]
export type Availability = z.infer<typeof AvailabilityBody>
export type Day = z.infer<typeof DaysBody>['data'][number]
export type ResponseTimes = z.infer<typeof TimesBody>
export type Summary = z.infer<typeof SummaryBody>['data'][number]

export type Incident = IncidentBody
export type IncidentStatus = IncidentBody['status']
export type Severity = IncidentBody['severity']
export type { Actor, IncidentDetail }
export type TimelineEvent = TimelineBody
export type IncidentPage = PageBody

export type Policy = PolicyBody
export type { Member, Session }

/** What `/api/live` sends: something of this type and id changed. Never a payload. */
export type Frame = {
  type: 'incident' | 'monitor' | 'status-page' | 'policy' | 'team' | 'alert' | 'dashboard'
  id: string
  version: number
}
