import * as z from 'zod'
import { ActorBody } from '../../actor.ts'
import { PageQuery, pageOf } from '../../page.ts'
import { isOneLine } from '../../text.ts'

export const panelTypes = ['timeseries', 'stat', 'gauge', 'table', 'bar', 'heatmap', 'text'] as const
export type PanelType = (typeof panelTypes)[number]
export const units = [
  'none', 'short', 'percent', 'share', 'seconds', 'milliseconds', 'bytes', 'bytes_per_second', 'per_second', 'celsius',
] as const // biome-ignore format: a table
export type Unit = (typeof units)[number]
/** Columns of the grid; rows are GRID_ROW_PX high. */
export const GRID_COLUMNS = 24
const PANELS_MAX = 100

const line = (max: number) => z.string().trim().max(max).refine(isOneLine, 'Leave out line breaks and control characters.')
/** A name within one dashboard: panels and variables. */
const Key = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'Letters, digits, - and _, at most 64 of them.')
const lower = <const T extends readonly [string, ...string[]]>(values: T) => z.string().toLowerCase().pipe(z.enum(values))

const Query = z.strictObject({
  /** A, B, C …: how the panel speaks of it. */
  ref: z.string().regex(/^[A-Za-z0-9_]{1,20}$/),
  expr: z.string().max(20_000).describe('PromQL, with $variables'),
  legend: z.string().max(500).default('').describe('{{label}} stands for a label; empty: the labels that differ'),
  instant: z.boolean().default(false),
  hidden: z.boolean().default(false),
})
export const Position = z
  .strictObject({
    x: z
      .int()
      .min(0)
      .max(GRID_COLUMNS - 1),
    y: z.int().min(0).max(10_000),
    w: z.int().min(1).max(GRID_COLUMNS),
    h: z.int().min(1).max(60),
  })
  .refine((p) => p.x + p.w <= GRID_COLUMNS, 'A panel ends at column 24.')
export type Position = z.infer<typeof Position>
const Threshold = z.strictObject({ value: z.number(), tone: lower(['up', 'warn', 'down']) })
export const Panel = z.strictObject({
  id: Key,
  title: line(200).default(''),
  description: z.string().max(2000).default(''),
  type: lower(panelTypes),
  queries: z.array(Query).max(20).default([]),
  unit: lower(units).default('short'),
  decimals: z.int().min(0).max(10).nullable().default(null),
  thresholds: z.array(Threshold).max(10).default([]),
  min: z.number().nullable().default(null),
  max: z.number().nullable().default(null),
  stacked: z.boolean().default(false),
  /** Of several samples in the range: what a stat, gauge, bar or table shows. */
  reduce: lower(['last', 'mean', 'min', 'max', 'sum']).default('last'),
  text: z.string().max(20_000).default('').describe('Of a text panel: Markdown'),
  section: line(200).default('').describe('Panels with the same section stand under its heading and fold together'),
  position: Position,
})
export type Panel = z.infer<typeof Panel>

const variable = { name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/), label: line(200).default('') }
const Value = z.string().max(1000)
export const Variable = z.discriminatedUnion('type', [
  z.strictObject({
    ...variable,
    type: z.literal('query'),
    label_name: z.string().min(1).max(200).describe('Whose values are offered'),
    match: z.string().max(5000).default('').describe('A selector that narrows them'),
    multi: z.boolean().default(false),
    include_all: z.boolean().default(false),
    default: z.array(Value).max(100).default([]),
  }),
  z.strictObject({
    ...variable,
    type: z.literal('custom'),
    values: z.array(Value).min(1).max(500),
    multi: z.boolean().default(false),
    include_all: z.boolean().default(false),
    default: z.array(Value).max(100).default([]),
  }),
  z.strictObject({
    ...variable,
    type: z.literal('interval'),
    values: z.array(z.string().regex(/^(auto|\d{1,5}(ms|s|m|h|d|w|y))$/)).min(1).max(50),
    default: z.array(Value).max(1).default([]),
  }),
]) // biome-ignore format: one attribute a line
export type Variable = z.infer<typeof Variable>

const unique = (names: string[]) => new Set(names).size === names.length
const doc = {
  description: z.string().max(5000),
  panels: z.array(Panel).max(PANELS_MAX).refine((all) => unique(all.map((p) => p.id)), 'Give each panel an id of its own.'),
  variables: z.array(Variable).max(50).refine((all) => unique(all.map((v) => v.name)), 'Give each variable a name of its own.'),
  date_range_from: z.string().regex(/^(-\d{1,4}[mhd]|now-\d{1,4}[mhd])$/, 'Write a length such as -6h.').describe('How far back it looks when the address says nothing'),
  refresh_interval: z.int().min(0).max(86_400).describe('Seconds; 0: off'),
} // biome-ignore format: one attribute a line
const Given = z.strictObject({ name: line(200).pipe(z.string().min(1)), is_shared: z.boolean(), ...doc })
export const boardDefaults = {
  description: '',
  panels: [],
  variables: [],
  date_range_from: '-6h',
  refresh_interval: 0,
  is_shared: true,
} satisfies Partial<z.infer<typeof Given>>
export type BoardTyped = z.infer<typeof Given>
/** What is stored as JSON. */
export type BoardDoc = { v: 1 } & Omit<BoardTyped, 'name' | 'is_shared'>

export const NewBoard = Given.partial().required({ name: true }).meta({ id: 'NewDashboard' })
export type NewBoard = z.infer<typeof NewBoard>
export const BoardChange = Given.partial()
  .extend({ version: z.int().min(1).optional().describe('The version that is changed; a newer one on our side is 409') })
  .meta({ id: 'DashboardChange' })
export type BoardChange = z.infer<typeof BoardChange>
export const ImportBoard = z
  .strictObject({
    name: line(200).optional(),
    data: z.union([z.record(z.string(), z.unknown()), z.string().min(2).max(900_000)]).describe('Grafana’s JSON of a dashboard, or what export gave; an object or its text'),
  })
  .meta({ id: 'DashboardImport' }) // biome-ignore format: one attribute a line
export const ListBoards = PageQuery.extend({ q: z.string().trim().max(200).optional() })
export type ListBoards = z.infer<typeof ListBoards>

const meta = { id: z.string(), version: z.int(), created_at: z.string(), updated_at: z.string(), updated_by: ActorBody }
export const BoardBody = z
  .object({ ...meta, name: z.string(), is_shared: z.boolean(), ...doc, date_range_from: z.string() })
  .meta({ id: 'Dashboard' })
export type BoardBody = z.infer<typeof BoardBody>
export const BoardLine = z
  .object({ ...meta, name: z.string(), is_shared: z.boolean(), description: z.string(), panels_count: z.int(), preview: z.string().nullable().describe('A query that stands for it in lists') })
  .meta({ id: 'DashboardLine' }) // biome-ignore format: one attribute a line
export type BoardLine = z.infer<typeof BoardLine>
export const BoardList = pageOf(BoardLine).meta({ id: 'DashboardList' })
export const BoardVersions = z
  .object({ data: z.array(z.object({ version: z.int(), name: z.string(), at: z.string(), by: ActorBody, panels_count: z.int() })) })
  .meta({ id: 'DashboardVersions' })
export type BoardVersions = z.infer<typeof BoardVersions>
export const NotUnderstood = z.object({ path: z.string(), message: z.string() })
export const ImportedBoard = z.object({ dashboard: BoardBody, not_understood: z.array(NotUnderstood) }).meta({ id: 'ImportedDashboard' })
export type ImportedBoard = z.infer<typeof ImportedBoard>
export const ExportedBoard = z
  .object({ id: z.string(), name: z.string(), data: z.record(z.string(), z.unknown()) })
  .meta({ id: 'ExportedDashboard' })
