import type { SearchedRow } from '../../../../shared/logs/search/row.ts'

/** What crosses the wire of `/api/logs`. */
export type LogRow = SearchedRow

export type Statistics = { rows_read: number; bytes_read: number; elapsed_ms: number }
export type Found = { data: LogRow[]; pagination: { next: string | null }; statistics: Statistics }

export type Bucket = { at: string; error: number; warn: number; rest: number }
export type Histogram = { step_ms: number; buckets: Bucket[]; total: number }

export type FieldShare = {
  name: string /** Part of the lines that have it, 0 to 1. */
  share: number
  values: { value: string; count: number }[]
}
export type Fields = { data: FieldShare[] /** How many lines were looked at, when not all. */; sampled?: number | null }

export type TailFrame = { type: 'ready' } | { type: 'events'; events: LogRow[]; dropped: number; cursor: string }

export type SavedQuery = {
  id: string
  name: string
  query_type: string
  query_text: string
  saved_as_dashboard: boolean
  user_id: string | null
}
