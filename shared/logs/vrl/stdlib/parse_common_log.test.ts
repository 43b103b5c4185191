import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_common_log } from './parse_common_log.ts'

test.each([
  [
    `parse_common_log!(s'203.0.113.9 - ada [05/May/2026:12:00:00 +0200] "GET /a HTTP/1.1" 200 512')`,
    '{"host":"203.0.113.9","message":"GET /a HTTP/1.1","method":"GET","path":"/a","protocol":"HTTP/1.1","size":512,"status":200,"timestamp":"2026-05-05T10:00:00Z","user":"ada"}',
  ],
  ['parse_common_log!("nonsense")', 'error: failed parsing common log line'],
])('%s', (source, expected) => {
  expect(evaluate([parse_common_log], source)).toBe(expected)
})
