import * as z from 'zod'
import { PageQuery, pageOf } from '../page.ts'
import { isZone } from '../time.ts'
import { later, monitorTypes, statuses, weekdays } from './attributes.ts'
import { regions } from './checks/spec.ts'

export type { MonitorType, Status, Weekday } from './attributes.ts'
export type * from './history-schema.ts'

/** Any case in, lower case inside. */
export const anyCase = <const T extends readonly [string, ...string[]]>(values: T) => z.string().toLowerCase().pipe(z.enum(values))
const unique = (items: readonly unknown[]) => new Set(items).size === items.length
export const Zone = z.string().refine(isZone, 'Name a zone of the IANA database, such as Europe/Paris or UTC.')
const seconds = (min: number, max: number) => z.int().min(min).max(max)
const WallClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'Write a time of day such as 02:00 or 02:00:00.')
/** RFC 9110 §5.1. These three belong to the connection, not to the customer. */
const HeaderName = z
  .string()
  .max(200)
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'A header name has letters, digits and hyphens only.')
  .refine((name) => !/^(host|content-length|transfer-encoding|connection)$/i.test(name), 'This header is set by the request itself.')
const HeaderValue = z
  .string()
  .max(4000)
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'A header value has no line breaks and no control characters.')

const Url = z
  .string()
  .max(2048)
  .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), 'Begin with https:// or http://, such as https://api.example.com.')
  .refine((text) => {
    const url = URL.parse(text)
    return !url?.username && !url?.password
  }, 'Put the user and password into auth_username and auth_password.')

const attributes = {
  monitor_type: anyCase(monitorTypes),
  check_frequency: seconds(5, 86_400),
  confirmation_period: seconds(0, 86_400),
  recovery_period: seconds(0, 86_400),
  request_timeout: seconds(1, 60),
  regions: z.array(anyCase(regions)).min(1, 'Pick at least one region.').refine(unique, 'Name each region once.'),
  quorum: z.int().min(1).max(regions.length).nullable(),
  http_method: z
    .string()
    .toUpperCase()
    .pipe(z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])),
  /** `value: null` keeps the stored value of the header with this name. */
  request_headers: z.array(z.strictObject({ name: HeaderName, value: HeaderValue.nullable() })).max(50),
  request_body: z.string().max(64_000).nullable(),
  auth_username: z.string().max(255).nullable(),
  auth_password: z.string().max(1000).nullable(),
  follow_redirects: z.boolean(),
  expected_status_codes: z.array(z.int().min(100).max(599)).max(500),
  required_keyword: z.string().min(1).max(1000).nullable(),
  maintenance_from: WallClock.nullable(),
  maintenance_to: WallClock.nullable(),
  maintenance_timezone: Zone,
  maintenance_days: z.array(anyCase(weekdays)).refine(unique, 'Name each day once.'),
  paused: z.boolean(),
  policy_id: z.uuid().toLowerCase().nullable(),
  monitor_group_id: z.uuid().toLowerCase().nullable(),
  call: z.boolean(),
  sms: z.boolean(),
  email: z.boolean(),
  push: z.boolean(),
  critical_alert: z.boolean(),
  team_wait: seconds(0, 86_400).nullable(),
  // accepted in the one value that this runtime has; everything else was answered by refuseWhatWeLack() before
  verify_ssl: z.literal(true),
  proxy_host: z.null(),
  proxy_port: z.null(),
  ip_version: z.null(),
}
const Off = z.union([z.null(), z.literal(false)]).optional()
const off = Object.fromEntries(later.map((path) => [path, Off])) as Record<(typeof later)[number], typeof Off>
const Name = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^\P{Cc}*$/u, 'A name has no line breaks and no control characters.')
const naming = { name: Name.optional(), pronounceable_name: Name.optional() }

const optional = z.strictObject(attributes).partial().shape
export const NewMonitor = z.strictObject({ url: Url, ...naming, ...optional, ...off }).meta({ id: 'NewMonitor' })
export const MonitorChange = z.strictObject({ url: Url.optional(), ...naming, ...optional, ...off }).meta({ id: 'MonitorChange' })
export type NewMonitor = z.infer<typeof NewMonitor>
export type MonitorChange = z.infer<typeof MonitorChange>

const Time = z.string().nullable()
export const Region = z.enum(regions)
export const MonitorBody = z
  .object({
    id: z.string(),
    number: z.int(),
    url: z.string(),
    monitor_type: z.enum(monitorTypes),
    name: z.string(),
    pronounceable_name: z.string(),
    check_frequency: z.int(),
    confirmation_period: z.int(),
    recovery_period: z.int(),
    request_timeout: z.int(),
    regions: z.array(Region),
    quorum: z.int().describe('How many regions must fail; the majority unless set'),
    http_method: z.string(),
    request_headers: z.array(z.object({ name: z.string(), value: z.null() })).describe('Values are write-only'),
    request_body: z.string().nullable(),
    auth_username: z.string().nullable(),
    auth_password_set: z.boolean(),
    follow_redirects: z.boolean(),
    expected_status_codes: z.array(z.int()),
    required_keyword: z.string().nullable(),
    maintenance_from: z.string().nullable(),
    maintenance_to: z.string().nullable(),
    maintenance_timezone: z.string(),
    maintenance_days: z.array(z.enum(weekdays)),
    paused: z.boolean(),
    paused_at: Time,
    policy_id: z.string().nullable(),
    monitor_group_id: z.string().nullable(),
    call: z.boolean(),
    sms: z.boolean(),
    email: z.boolean(),
    push: z.boolean(),
    critical_alert: z.boolean(),
    team_wait: z.int().nullable(),
    verify_ssl: z.literal(true),
    status: z.enum(statuses),
    status_since: Time,
    last_checked_at: Time,
    incident_id: z.string().nullable(),
    failing_regions: z.array(Region).describe('Regions whose last answer was a failure, also when they are fewer than the quorum'),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Monitor' })
export type MonitorBody = z.infer<typeof MonitorBody>
export const MonitorList = pageOf(MonitorBody).meta({ id: 'MonitorList' })

/** `-name` turns the order round. `status` puts trouble first. */
export const sorts = ['status', 'name', '-name', 'url', '-url', 'created_at', '-created_at'] as const
/** A comma list in a query: `?status=down,validating`. */
const anyOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .string()
    .max(200)
    .transform((text) => text.toLowerCase().split(',').filter(Boolean))
    .pipe(z.array(z.enum(values)))
const Flag = z.enum(['true', 'false']).transform((text) => text === 'true')
export const ListMonitors = z.strictObject({
  ...PageQuery.shape,
  type: anyOf(monitorTypes).optional(),
  status: anyOf(statuses).optional(),
  state: anyOf(statuses).optional(),
  region: anyOf(regions).optional(),
  group: z.string().max(64).optional(),
  q: z.string().max(200).optional(),
  url: z.string().max(2048).optional(),
  pronounceable_name: z.string().max(255).optional(),
  /** Those whose escalation policy names whoever asks. */
  mine: Flag.optional(),
  /** Up for less than this share (0.999) of what was observed in 30 days. */
  availability_below: z.coerce.number().gt(0).max(1).optional(),
  sort: z.enum(sorts).default('status'),
})
export type ListMonitors = z.infer<typeof ListMonitors>
const byState = { total: z.int(), ...Object.fromEntries(statuses.map((s) => [s, z.int()])) } as Record<
  'total' | (typeof statuses)[number],
  z.ZodInt
>
export const Counts = z
  .object({ ...byState, groups: z.array(z.object({ id: z.string().nullable().describe('null: in no group'), ...byState })) })
  .meta({ id: 'MonitorCounts' })

export const NewGroup = z.strictObject({
  name: Name,
  sort_index: z.int().min(-1_000_000).max(1_000_000).optional(),
  paused: z.boolean().optional(),
})
export const GroupChange = NewGroup.partial()
export const GroupBody = z
  .object({
    id: z.string(),
    number: z.int(),
    name: z.string(),
    sort_index: z.int(),
    paused: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'MonitorGroup' })
export const GroupList = pageOf(GroupBody).meta({ id: 'MonitorGroupList' })
