import * as z from 'zod'
import { pageOf } from '../page.ts'
import { isOneLine } from '../text.ts'
import { isZone } from '../time.ts'
import { isDomain, isSubdomain } from './address.ts'
import { componentStates, reportStatuses, reportTypes, saidStates } from './words.ts'

export { type ComponentState, componentStates, type ReportStatus, reportStatuses, reportTypes, saidStates } from './words.ts'

/** Any case in, lower case inside. */
const anyCase = <const T extends readonly [string, ...string[]]>(values: T) => z.string().toLowerCase().pipe(z.enum(values))
const OneLine = z.string().trim().min(1).max(255).refine(isOneLine, 'Write one line without control characters.')
const Id = z.uuid().toLowerCase()
/** RFC 3339 in, epoch ms inside. */
const Time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const Position = z.int().min(0).max(10_000)

const page = {
  name: OneLine,
  subdomain: z
    .string()
    .trim()
    .toLowerCase()
    .refine(isSubdomain, 'Use 2 to 63 letters, digits and hyphens, such as kestrel; some names are reserved.'),
  custom_domain: z
    .string()
    .trim()
    .toLowerCase()
    .transform((text) => text || null)
    .nullable()
    .refine((text) => text === null || isDomain(text), 'Write a host name such as status.example.com, without https:// and path.'),
  timezone: z.string().refine(isZone, 'Name a zone of the IANA database, such as Europe/Paris or UTC.'),
  published: z.boolean(),
  logo_url: z
    .string()
    .trim()
    .max(2048)
    .transform((text) => text || null)
    .nullable()
    .refine((text) => text === null || (text.startsWith('https://') && URL.canParse(text)), 'Begin with https://.'),
}
export const NewStatusPage = z
  .strictObject({
    name: page.name,
    subdomain: page.subdomain,
    custom_domain: page.custom_domain.default(null),
    timezone: page.timezone.default('UTC'),
    published: page.published.default(true),
    logo_url: page.logo_url.default(null),
  })
  .meta({ id: 'NewStatusPage' })
export const StatusPageChange = z.strictObject(page).partial().meta({ id: 'StatusPageChange' })
export type NewStatusPage = z.infer<typeof NewStatusPage>
export type StatusPageChange = z.infer<typeof StatusPageChange>

const State = z.enum(componentStates)
const Written = { created_at: z.string(), updated_at: z.string() }
export const StatusPageBody = z
  .object({
    id: z.string(),
    name: z.string(),
    subdomain: z.string(),
    custom_domain: z.string().nullable(),
    custom_domain_verified: z.boolean(),
    custom_domain_proof: z
      .object({ type: z.literal('TXT'), name: z.string(), value: z.string() })
      .nullable()
      .describe('The DNS record that proves the domain, while it is not proven'),
    timezone: z.string(),
    published: z.boolean(),
    logo_url: z.string().nullable(),
    url: z.string().describe('Where the public reads it'),
    aggregate_state: State,
    sentence: z.string().describe('The first line of the page now'),
    overridden: z.int().describe('Services that an open report says something else of than is measured'),
    open_reports: z.int(),
    last_update_at: z.string().nullable().describe('The latest update of any report'),
    ...Written,
  })
  .meta({ id: 'StatusPage' })
export type StatusPageBody = z.infer<typeof StatusPageBody>
export const StatusPageList = pageOf(StatusPageBody).meta({ id: 'StatusPageList' })

export const NewSection = z.strictObject({ name: OneLine, position: Position.optional() }).meta({ id: 'NewStatusSection' })
export const SectionChange = z.strictObject({ name: OneLine.optional(), position: Position.optional() }).meta({ id: 'StatusSectionChange' })
export const SectionBody = z
  .object({ id: z.string(), status_page_id: z.string(), name: z.string(), position: z.int(), ...Written })
  .meta({ id: 'StatusSection' })
export const SectionList = pageOf(SectionBody).meta({ id: 'StatusSectionList' })

export const NewResource = z
  .strictObject({
    section_id: Id.nullable().default(null),
    resource_type: anyCase(['monitor']).default('monitor'),
    resource_id: Id,
    public_name: OneLine,
    position: Position.optional(),
  })
  .meta({ id: 'NewStatusResource' })
export const ResourceChange = z
  .strictObject({
    section_id: Id.nullable().optional(),
    resource_type: anyCase(['monitor']).optional(),
    resource_id: Id.optional(),
    public_name: OneLine.optional(),
    position: Position.optional(),
  })
  .meta({ id: 'StatusResourceChange' })
export const ResourceBody = z
  .object({
    id: z.string(),
    status_page_id: z.string(),
    section_id: z.string().nullable(),
    resource_type: z.enum(['monitor']),
    resource_id: z.string(),
    public_name: z.string(),
    position: z.int(),
    status: State.describe('What the page says'),
    measured_status: State,
    overridden: z.boolean(),
    ...Written,
  })
  .meta({ id: 'StatusResource' })
export const ResourceList = pageOf(ResourceBody).meta({ id: 'StatusResourceList' })

/** The whole order of a page at once: each of its sections and resources exactly once. */
export const Order = z
  .strictObject({
    sections: z.array(z.strictObject({ id: Id, resources: z.array(Id).max(100) })).max(50),
    resources: z.array(Id).max(100),
  })
  .meta({ id: 'StatusPageOrder' })
export type Order = z.infer<typeof Order>

const Affected = z
  .array(z.strictObject({ resource_id: Id, status: anyCase(saidStates) }))
  .max(100)
  .refine((all) => new Set(all.map((a) => a.resource_id)).size === all.length, 'Name each resource once.')
const Message = z.string().trim().min(1).max(5000)
const Status = anyCase([...reportStatuses.incident, ...reportStatuses.maintenance])
export const NewReport = z
  .strictObject({
    title: OneLine,
    type: anyCase(reportTypes),
    starts_at: Time.optional(),
    ends_at: Time.nullable().default(null),
    next_update_at: Time.nullable().default(null),
    affected: Affected.default([]),
    /** The first update. */
    message: Message.optional(),
    status: Status.optional(),
  })
  .meta({ id: 'NewStatusReport' })
export const ReportChange = z
  .strictObject({
    title: OneLine.optional(),
    starts_at: Time.optional(),
    ends_at: Time.nullable().optional(),
    next_update_at: Time.nullable().optional(),
    affected: Affected.optional(),
  })
  .meta({ id: 'StatusReportChange' })
export type NewReport = z.infer<typeof NewReport>
export type ReportChange = z.infer<typeof ReportChange>

/** `affected` and `next_update_at` replace the report's own. */
export const NewUpdate = z
  .strictObject({ message: Message, status: Status, affected: Affected.optional(), next_update_at: Time.nullable().default(null) })
  .meta({ id: 'NewStatusUpdate' })
export const UpdateChange = z.strictObject({ message: Message.optional(), status: Status.optional() }).meta({ id: 'StatusUpdateChange' })
export type NewUpdate = z.infer<typeof NewUpdate>
export type UpdateChange = z.infer<typeof UpdateChange>

const AnyStatus = z.enum([...reportStatuses.incident, ...reportStatuses.maintenance])
export const UpdateBody = z
  .object({ id: z.string(), report_id: z.string(), status: AnyStatus, message: z.string(), published_at: z.string(), ...Written })
  .meta({ id: 'StatusUpdate' })
export const UpdateList = pageOf(UpdateBody).meta({ id: 'StatusUpdateList' })
export const ReportBody = z
  .object({
    id: z.string(),
    status_page_id: z.string(),
    title: z.string(),
    type: z.enum(reportTypes),
    status: AnyStatus,
    phase: z.enum(['upcoming', 'open', 'over']),
    starts_at: z.string(),
    ends_at: z.string().nullable(),
    ended_at: z.string().nullable(),
    next_update_at: z.string().nullable(),
    affected: z.array(z.object({ resource_id: z.string(), status: z.enum(saidStates) })),
    updates: z.array(UpdateBody).describe('Newest first'),
    ...Written,
  })
  .meta({ id: 'StatusReport' })
export const ReportList = pageOf(ReportBody).meta({ id: 'StatusReportList' })

export const PreviewQuery = z.strictObject({
  state: z.enum(['now', 'fine', 'incident', 'maintenance']).default('now'),
  scheme: z.enum(['light', 'dark']).optional(),
})
export const PreviewBody = z
  .object({ url: z.string().describe('For a frame in the dashboard; shown to signed-in members of the team only'), expires_at: z.string() })
  .meta({ id: 'StatusPagePreview' })
