/** A stored record as a search sees it; the same shape travels to the live tail. Attributes are flat: `{a: {b: 1}}` is `a.b` = "1". */
export type SearchedRow = {
  /** RFC 3339. */
  timestamp: string
  level: string
  message: string
  service: string
  trace_id: string
  span_id: string
  source_id: string
  attributes: Record<string, string>
}

/** Fields that are columns; every other field is an attribute. `dt` and `fulltext` are Better Stack's names. */
export const columns = ['level', 'message', 'service', 'trace_id', 'span_id', 'source_id'] as const
export type Column = (typeof columns)[number]
export const isColumn = (field: string): field is Column => (columns as readonly string[]).includes(field)
/** `attributes.a.b` is how SQL readers may write `a.b`. */
export const attribute = (field: string): string => field.replace(/^attributes\./, '')
