import { expect, test } from 'vitest'
import { labelName, metricName } from './otlp-names.ts'

test.each<[string, string, 'counter' | 'gauge' | 'other', string]>([
  ['http.server.request.duration', 's', 'other', 'http_server_request_duration_seconds'],
  ['process.cpu.time', 's', 'counter', 'process_cpu_time_seconds_total'],
  ['system.memory.usage', 'By', 'gauge', 'system_memory_usage_bytes'],
  ['system.cpu.utilization', '1', 'gauge', 'system_cpu_utilization_ratio'],
  ['requests', '{request}', 'counter', 'requests_total'],
  ['requests_total', '', 'counter', 'requests_total'],
  ['total_requests', '', 'counter', 'requests_total'],
  ['disk.io', 'By/s', 'gauge', 'disk_io_bytes_per_second'],
  ['memory_bytes', 'By', 'gauge', 'memory_bytes'],
  ['2xx', '', 'other', '_2xx'],
  ['a--b..c', '', 'other', 'a_b_c'],
  ['ns:rule', '', 'other', 'ns:rule'],
  ['weird', 'constructor', 'other', 'weird_constructor'],
  ['...', 's', 'other', ''],
])('%s in %s as %s is %s', (name, unit, kind, expected) => {
  expect(metricName(name, unit, kind)).toBe(expected)
})

test.each([
  ['http.method', 'http_method'],
  ['2nd', 'key_2nd'],
  ['_private', 'key_private'],
  ['__name__', '__name__'],
  ['žluť', 'key_lu_'],
])('label %s is %s', (name, expected) => {
  expect(labelName(name)).toBe(expected)
})
