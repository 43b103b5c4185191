import * as z from 'zod'
import { pageOf } from '../../page.ts'

/** One rule of a group as it stands in a file; durations in ms. */
export type FileRule = { expr: string; labels: Record<string, string> } & (
  | { kind: 'record'; record: string }
  | { kind: 'alert'; alert: string; forMs: number; keepFiringForMs: number; annotations: Record<string, string> }
)
/** A group as a rule file says it. `intervalMs` null: the installation's default, a minute. */
export type FileGroup = {
  name: string
  intervalMs: number | null
  limit: number
  offsetMs: number
  labels: Record<string, string>
  rules: FileRule[]
}

/** A rule of a stored group: a recording rule whole, an alert by its id. In the file's order, which is the order of evaluation. */
export type GroupRule = { kind: 'record'; record: string; expr: string; labels: Record<string, string> } | { kind: 'alert'; id: string }
export type GroupDoc = { v: 1; interval_s: number; offset_s: number; limit: number; rules: GroupRule[] }

export const ImportRules = z
  .strictObject({
    rules: z.string().min(1).max(900_000).describe('A Prometheus rule file, as YAML'),
    file: z.string().trim().min(1).max(200).default('rules.yml').describe('Importing the same file again replaces its groups'),
    dry_run: z.boolean().default(false),
  })
  .meta({ id: 'RuleImport' })
export const TestRules = z
  .strictObject({
    rules: z.string().min(1).max(450_000).describe('A Prometheus rule file, as YAML'),
    tests: z.string().min(1).max(450_000).describe('A file of unit tests as promtool reads it, as YAML; its rule_files are not read'),
  })
  .meta({ id: 'RuleTest' })

const Rule = z.object({
  type: z.enum(['recording', 'alerting']),
  name: z.string(),
  query: z.string(),
  labels: z.record(z.string(), z.string()),
  alert_id: z.string().nullable(),
})
export const RuleGroupBody = z
  .object({
    id: z.string(),
    name: z.string(),
    file: z.string(),
    interval: z.int().describe('Seconds'),
    limit: z.int(),
    rules: z.array(Rule),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'RuleGroup' })
export type RuleGroupBody = z.infer<typeof RuleGroupBody>
export const RuleGroupList = pageOf(RuleGroupBody).meta({ id: 'RuleGroupList' })

const Finding = z.object({ path: z.string(), message: z.string() })
export const ImportedRules = z
  .object({
    groups: z.int(),
    alerts: z.int(),
    recording_rules: z.int(),
    not_understood: z.array(Finding).describe('What was taken over in part'),
    dry_run: z.boolean(),
  })
  .meta({ id: 'ImportedRules' })
export const TestedRules = z
  .object({
    passed: z.int(),
    failed: z.int(),
    tests: z.array(z.object({ name: z.string(), failures: z.array(z.string()) })),
  })
  .meta({ id: 'TestedRules' })
export type TestedRules = z.infer<typeof TestedRules>
