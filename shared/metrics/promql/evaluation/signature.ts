import { type Labels, NAME } from '../labels.ts'
import type { Matching } from '../syntax/ast.ts'

/** The part of a label set by which two sides of an operation find each other, as a string. */
export function signatures(matching: Matching): (labels: Labels) => string {
  if (matching.on) return (labels) => matching.labels.map((name) => labels.get(name)).join('\xff')
  const ignored = [NAME, ...matching.labels]
  return (labels) => labels.without(ignored).key
}

/** The same part as labels: what a filled-in partner carries. */
export const matchLabels = (labels: Labels, matching: Matching): Labels =>
  matching.on ? labels.only(matching.labels) : labels.without([NAME, ...matching.labels])
