import * as z from 'zod'
import { ActorBody } from '../../../actor.ts'
import { isOneLine } from '../../../text.ts'
import { Panel, Variable } from '../schema.ts'

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

export const NewBoardLink = z
  .strictObject({
    name: z
      .string()
      .trim()
      .max(200)
      .refine(isOneLine, 'Leave out line breaks and control characters.')
      .default('')
      .describe('Who it is for'),
    expires_at: time.nullable().default(null).describe('null: until it is deleted'),
  })
  .meta({ id: 'NewDashboardLink' })

const link = {
  id: z.string(),
  name: z.string(),
  created_at: z.string(),
  created_by: ActorBody,
  expires_at: z.string().nullable(),
  expired: z.boolean(),
}
export const BoardLink = z.object(link).meta({ id: 'DashboardLink' })
export type BoardLink = z.infer<typeof BoardLink>
export const BoardLinks = z.object({ data: z.array(BoardLink) }).meta({ id: 'DashboardLinks' })
export type BoardLinks = z.infer<typeof BoardLinks>
export const BoardLinkMade = z.object({ ...link, url: z.string().describe('Shown this once') }).meta({ id: 'DashboardLinkMade' })
export type BoardLinkMade = z.infer<typeof BoardLinkMade>

/** What strangers see: no query, no selector, no name of a person. */
export const SharedBoard = z
  .object({
    name: z.string(),
    description: z.string(),
    panels: z.array(Panel).describe('Queries without their text'),
    variables: z.array(Variable).describe('Selectors left out'),
    date_range_from: z.string(),
    refresh_interval: z.int(),
    updated_at: z.string(),
    expires_at: z.string().nullable(),
  })
  .meta({ id: 'SharedDashboard' })
export type SharedBoard = z.infer<typeof SharedBoard>

const Chosen = z
  .record(z.string().max(64), z.array(z.string().max(1000)).max(100))
  .refine((all) => Object.keys(all).length <= 50, 'At most 50 of them.')
/** One query of one panel, as the board has it: over `from` … `to` every `step` ms, or at `to` where it is an instant one. */
export const SharedQuery = z
  .strictObject({
    panel: z.string().max(64),
    ref: z.string().max(20),
    variables: Chosen.default({}),
    from: time,
    to: time,
    step: z
      .int()
      .min(1000)
      .max(86_400_000 * 366),
  })
  .meta({ id: 'SharedDashboardQuery' })
export const SharedValues = z
  .strictObject({ variable: z.string().max(64), variables: Chosen.default({}) })
  .meta({ id: 'SharedDashboardVariable' })
export const SharedValuesBody = z.object({ data: z.array(z.string()) }).meta({ id: 'SharedDashboardValues' })
