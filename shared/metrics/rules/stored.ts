import { alertDefaults } from '../alerts/defaults.ts'
import type { Typed } from '../alerts/schema.ts'
import type { FileGroup, FileRule, GroupDoc, GroupRule } from './schema.ts'

const DEFAULT_MS = 60_000

/** An alert of a file as one of ours: the severity people write as a label is also ours where it says which. */
export function typedOf(rule: FileRule & { kind: 'alert' }, intervalMs: number | null): Typed {
  return {
    ...alertDefaults,
    name: rule.alert,
    description:
      rule.annotations.description && !rule.annotations.description.includes('{{') ? rule.annotations.description.slice(0, 2000) : '',
    query: rule.expr,
    for: Math.ceil(rule.forMs / 1000),
    keep_firing_for: Math.ceil(rule.keepFiringForMs / 1000),
    check_period: Math.max(10, Math.ceil((intervalMs ?? DEFAULT_MS) / 1000)),
    labels: rule.labels,
    annotations: rule.annotations,
    severity: severityOf(rule.labels.severity),
  }
}

export function severityOf(said: string | undefined): Typed['severity'] {
  switch (said?.toLowerCase()) {
    case 'critical':
    case 'page':
    case 'p1':
    case 'sev1':
      return 'SEV1'
    case 'info':
    case 'none':
    case 'p4':
    case 'sev4':
      return 'SEV4'
    case 'warning':
    case 'warn':
    case 'p3':
    case 'sev3':
      return 'SEV3'
    default:
      return 'SEV2'
  }
}

/** `ids`: of the group's alerts, in their order. */
export const docOf = (group: FileGroup, ids: readonly string[]): GroupDoc => {
  let next = 0
  return {
    v: 1,
    interval_s: Math.max(10, Math.ceil((group.intervalMs ?? DEFAULT_MS) / 1000)),
    offset_s: Math.round(group.offsetMs / 1000),
    limit: group.limit,
    rules: group.rules.map(
      (rule): GroupRule =>
        rule.kind === 'record'
          ? { kind: 'record', record: rule.record, expr: rule.expr, labels: rule.labels }
          : { kind: 'alert', id: ids[next++] ?? '' },
    ),
  }
}
