import { expect, test } from 'vitest'
import { incomplete, told } from './tell.ts'
import type { TraceSpan } from './wire.ts'

const span = (service: string, depth: number, self_ms: number, orphan = false): TraceSpan => ({
  span_id: service,
  source_id: '',
  kind: '',
  status_message: '',
  links: [],
  parent_span_id: '',
  service,
  operation: `op ${service}`,
  started_at: '2026-11-23T14:00:00Z',
  offset_ms: 0,
  duration_ms: self_ms,
  self_ms,
  status: 'unset',
  attributes: {},
  events: [],
  depth,
  orphan,
})
const trace = (spans: TraceSpan[]) => ({ trace_id: 't', started_at: '', duration_ms: 4020, truncated: false, spans })

test('the sentence names the service that took most of the time', () => {
  expect(told(trace([span('gate', 0, 30), span('db', 1, 3590)]))).toBe('op gate took 4.02 s, 3.59 s of it in db')
  expect(told(trace([span('gate', 0, 4000), span('db', 1, 20)]))).toBe('op gate took 4.02 s')
  expect(told(trace([span('gate', 0, 10), span('a', 1, 100), span('b', 1, 95)]))).toBe('op gate took 4.02 s')
  expect(told(trace([]))).toBe('This trace has no spans')
})

test('spans without a parent are said', () => {
  expect(incomplete(trace([span('a', 0, 1)]))).toBeNull()
  expect(incomplete(trace([span('a', 0, 1), span('b', 0, 1, true)]))).toBe('1 span has no parent here. It may still arrive.')
  expect(incomplete({ ...trace([span('a', 0, 1)]), truncated: true })).toBe('Only the first 1 spans of this trace are shown.')
})
