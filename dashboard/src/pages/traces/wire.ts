/** What crosses the wire of `/api/traces`. */
export type SpanStatus = 'ok' | 'error' | 'unset'
export type TraceSpan = {
  span_id: string
  parent_span_id: string
  service: string
  operation: string
  started_at: string
  duration_ms: number
  /** Without the time its children took. */
  self_ms: number
  status: SpanStatus
  attributes: Record<string, string>
  events: { name: string; at?: string; timestamp?: string; attributes?: Record<string, string> }[]
  depth: number
  /** Its parent is not stored, or not yet. */
  orphan: boolean
}
export type Trace = { trace_id: string; started_at: string; duration_ms: number; spans: TraceSpan[] }
export type TraceLine = {
  trace_id: string
  service: string
  operation: string
  started_at: string
  duration_ms: number
  spans: number
  errors: number
}
