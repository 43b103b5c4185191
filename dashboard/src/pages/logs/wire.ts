import type * as z from 'zod'
import type { SavedQuery as SavedQueryBody } from '../../../../shared/logs/schema.ts'
import type { SearchedRow } from '../../../../shared/logs/search/row.ts'
import type { FieldsBody, Found as FoundBody, HistogramBody } from '../../../../shared/logs/search/schema.ts'

/** What crosses the wire of `/api/logs`. */
export type LogRow = SearchedRow
export type Found = z.infer<typeof FoundBody>
export type Histogram = HistogramBody
export type Fields = FieldsBody
export type FieldShare = Fields['data'][number]

export type TailFrame = { type: 'ready' } | { type: 'events'; events: LogRow[]; dropped: number; cursor: string }

export type SavedQuery = z.infer<typeof SavedQueryBody>
