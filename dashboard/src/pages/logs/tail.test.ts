import { expect, test } from 'vitest'
import { joined, readFrame } from './tail.ts'

const row = (timestamp: string, message: string) => ({
  timestamp,
  level: '',
  message,
  service: '',
  trace_id: '',
  span_id: '',
  source_id: '',
  attributes: {},
})

test('lines that were found and are sent again stand once', () => {
  const found = [row('2026-11-23T14:00:00.1Z', 'a'), row('2026-11-23T14:00:00.2Z', 'b')]
  const tail = [row('2026-11-23T14:00:00.2Z', 'b'), row('2026-11-23T14:00:00.1Z', 'late'), row('2026-11-23T14:00:00.3Z', 'c')]
  expect(joined(found, tail).map((r) => r.message)).toEqual(['a', 'b', 'late', 'c'])
  expect(joined([], tail)).toEqual(tail)
  expect(joined(found, [])).toEqual(found)
})

test('frames are read; what is none is ignored', () => {
  expect(readFrame('{"type":"ready"}')).toEqual({ type: 'ready' })
  expect(readFrame('{"type":"events","events":[],"cursor":"c"}')).toEqual({ type: 'events', events: [], cursor: 'c', dropped: 0 })
  for (const text of ['', 'pong', '{"type":"later"}', '{"type":"events"}', 'null', '[]']) expect(readFrame(text)).toBeNull()
})
