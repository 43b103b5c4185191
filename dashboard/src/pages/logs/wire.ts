import type * as z from 'zod'
import type { SearchedRow } from '../../../../shared/logs/search/row.ts'
import type { FieldsBody, Found as FoundBody, HistogramBody } from '../../../../shared/logs/search/schema.ts'

/** What crosses the wire of `/api/logs`. */
export type LogRow = SearchedRow
export type Found = z.infer<typeof FoundBody>
export type Histogram = HistogramBody
export type Fields = FieldsBody
export type FieldShare = Fields['data'][number]

export type TailFrame = { type: 'ready' } | { type: 'events'; events: LogRow[]; dropped: number; cursor: string }

export type SavedQuery = {
  id: string
  name: string
  query_type: string
  query_text: string
  saved_as_dashboard: boolean
  user_id: string | null
}
