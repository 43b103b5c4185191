import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { absent } from '../lib/edge.ts'

export const http_request = define({
  name: 'http_request',
  summary: 'Sends a request, which programs at the edge cannot: fails.',
  parameters: [
    required('url', kind.bytes),
    optional('method', kind.bytes),
    optional('headers', kind.anyObject),
    optional('body', kind.bytes),
    optional('http_proxy', kind.bytes),
    optional('https_proxy', kind.bytes),
    optional('redact_headers', kind.boolean),
  ],
  returns: kind.bytes,
  fails: true,
  run: absent('the network'),
  example: { source: 'http_request("https://example.com") ?? "none"', result: 'none' },
})
