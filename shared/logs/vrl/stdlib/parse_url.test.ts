import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_url } from './parse_url.ts'

test.each([
  [
    'parse_url!("https://ada:pw@x.example:8443/a/b?c=d&e#f")',
    '{"fragment":"f","host":"x.example","password":"pw","path":"/a/b","port":8443,"query":{"c":"d","e":""},"scheme":"https","username":"ada"}',
  ],
  [
    'parse_url!("http://x.example", default_known_ports: true)',
    '{"fragment":null,"host":"x.example","password":"","path":"/","port":80,"query":{},"scheme":"http","username":""}',
  ],
  ['parse_url!("x.example/a")', 'error: unable to parse url: relative URL without a base'],
])('%s', (source, expected) => {
  expect(evaluate([parse_url], source)).toBe(expected)
})
