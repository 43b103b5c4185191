import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_klog } from './parse_klog.ts'

test.each([
  [
    'parse_klog!("E0505 12:00:00.123456    4711 main.go:12] \\"failed\\" err=\\"x\\"")',
    '{"file":"main.go","id":4711,"level":"error","line":12,"message":"\\"failed\\" err=\\"x\\"","timestamp":"2026-05-05T12:00:00.123456Z"}',
  ],
  ['parse_klog!("nonsense")', 'error: failed parsing klog message'],
])('%s', (source, expected) => {
  expect(evaluate([parse_klog], source)).toBe(expected)
})
