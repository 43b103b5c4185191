import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_apache_log } from './parse_apache_log.ts'

test.each([
  [
    `parse_apache_log!(s'203.0.113.9 - ada [05/May/2026:12:00:00 +0200] "GET /a?b=c HTTP/1.1" 200 512 "http://x.example/" "Mozilla/5.0"', format: "combined")`,
    '{"agent":"Mozilla/5.0","host":"203.0.113.9","message":"GET /a?b=c HTTP/1.1","method":"GET","path":"/a?b=c","protocol":"HTTP/1.1","referrer":"http://x.example/","size":512,"status":200,"timestamp":"2026-05-05T10:00:00Z","user":"ada"}',
  ],
  ['parse_apache_log!("nonsense", format: "common")', 'error: failed parsing common log line'],
])('%s', (source, expected) => {
  expect(evaluate([parse_apache_log], source)).toBe(expected)
})
