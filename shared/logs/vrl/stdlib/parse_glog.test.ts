import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_glog } from './parse_glog.ts'

test.each([
  [
    'parse_glog!("I20260505 12:00:00.123456 4711 main.cc:12] ready")',
    '{"file":"main.cc","id":4711,"level":"info","line":12,"message":"ready","timestamp":"2026-05-05T12:00:00.123456Z"}',
  ],
  ['parse_glog!("nonsense")', 'error: failed parsing glog message'],
])('%s', (source, expected) => {
  expect(evaluate([parse_glog], source)).toBe(expected)
})
