import type { MissingData } from './schema.ts'

export const conditions = ['gt', 'gte', 'lt', 'lte', 'eq', 'ne'] as const
export type Condition = (typeof conditions)[number]

/** An alerting rule as it is evaluated. Times in ms. */
export type Rule = {
  id: string
  /** The label `alertname`. */
  name: string
  query: string
  /** null: whatever the query returns is active, as in Prometheus. */
  condition: Condition | null
  threshold: number
  /** Active outside of what is usual at that hour of the week, instead of beyond a threshold. */
  anomaly: { sensitivity: number; trigger: 'any' | 'higher' | 'lower'; trainingDays: number } | null
  forMs: number
  keepFiringForMs: number
  labels: Record<string, string>
  annotations: Record<string, string>
  missing: MissingData
  /** How many series may be active; 0: as many as there are, up to ACTIVE_MAX. Prometheus' `limit` of a group. */
  limit: number
}

/** A rule that finds more than this fails: its state is one document, and nobody reads a thousand pages. */
export const ACTIVE_MAX = 1000

/** True when `value` is on the side of the threshold that fires. NaN never is, but for `ne`. */
export function beyond(condition: Condition, value: number, threshold: number): boolean {
  switch (condition) {
    case 'gt':
      return value > threshold
    case 'gte':
      return value >= threshold
    case 'lt':
      return value < threshold
    case 'lte':
      return value <= threshold
    case 'eq':
      return value === threshold
    case 'ne':
      return value !== threshold
    default:
      return condition satisfies never
  }
}

/** "above 800": how a condition is said. */
export const inWords = (condition: Condition): string =>
  ({ gt: 'above', gte: 'at or above', lt: 'below', lte: 'at or below', eq: 'equal to', ne: 'other than' })[condition]
