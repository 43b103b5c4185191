import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_nginx_log } from './parse_nginx_log.ts'

test.each([
  [
    `parse_nginx_log!(s'203.0.113.9 - ada [05/May/2026:12:00:00 +0200] "GET /a HTTP/1.1" 200 512 "-" "curl/8"', format: "combined")`,
    '{"agent":"curl/8","client":"203.0.113.9","request":"GET /a HTTP/1.1","size":512,"status":200,"timestamp":"2026-05-05T10:00:00Z","user":"ada"}',
  ],
  [
    `parse_nginx_log!(s'2026/05/05 12:00:00 [error] 12#34: *5 open() "/x" failed, client: 203.0.113.9, server: x, request: "GET /x HTTP/1.1", host: "x.example"', format: "error")`,
    '{"cid":5,"client":"203.0.113.9","host":"x.example","message":"open() \\"/x\\" failed","pid":12,"request":"GET /x HTTP/1.1","server":"x","severity":"error","tid":34,"timestamp":"2026-05-05T12:00:00Z"}',
  ],
  ['parse_nginx_log!("nonsense", format: "combined")', 'error: failed parsing log line'],
])('%s', (source, expected) => {
  expect(evaluate([parse_nginx_log], source)).toBe(expected)
})
