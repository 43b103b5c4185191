import * as z from 'zod'
import { labelOf } from './label.ts'

export const aggregates = ['count', 'sum', 'avg', 'quantile'] as const
export type Aggregate = (typeof aggregates)[number]

/** Fields whose text is a label of the series; a dot becomes an underscore. */
const GroupBy = z.array(z.string().trim().min(1).max(200)).max(10)

/**
 * Body of `POST /api/logs/derived-metrics`: a rule that makes a metric of log lines while they arrive. `filter` is in the language of
 * the log search, empty for every line; `field` is the number that sum, avg and quantile are made of; without `source_ids` the rule
 * is for every source.
 */
export const NewDerivedMetric = z
  .strictObject({
    name: z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,199}$/, 'a name of a metric: letters, digits, _ and :, no digit first'),
    description: z.string().trim().max(500).default(''),
    filter: z.string().max(10_000).default(''),
    group_by: GroupBy.default([]),
    aggregate: z.preprocess((v) => (typeof v === 'string' ? v.toLowerCase() : v), z.enum(aggregates)).default('count'),
    field: z.string().trim().min(1).max(200).nullable().default(null),
    quantile: z.number().min(0).max(1).nullable().default(null),
    source_ids: z.array(z.uuid().toLowerCase()).min(1).max(100).nullable().default(null),
  })
  .refine((rule) => (rule.aggregate === 'count') === (rule.field === null), {
    path: ['field'],
    message: 'sum, avg and quantile need a field; count takes none',
  })
  .refine((rule) => (rule.aggregate === 'quantile') === (rule.quantile !== null), {
    path: ['quantile'],
    message: 'quantile, between 0 and 1, belongs to the aggregate quantile and to no other',
  })
  .refine((rule) => new Set(rule.group_by.map(labelOf)).size === rule.group_by.length, {
    path: ['group_by'],
    message: 'two of these would be the same label',
  })
  .meta({ id: 'NewDerivedMetric' })
export type NewDerivedMetric = z.infer<typeof NewDerivedMetric>

export const DerivedMetric = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    filter: z.string(),
    group_by: z.array(z.string()),
    aggregate: z.enum(aggregates),
    field: z.string().nullable(),
    quantile: z.number().nullable(),
    source_ids: z.array(z.string()).nullable(),
    created_by: z.string(),
    created_at: z.string(),
  })
  .meta({ id: 'DerivedMetric' })
export type DerivedMetric = z.infer<typeof DerivedMetric>
