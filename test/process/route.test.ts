import { expect, test } from 'vitest'
import { whose } from '../../workers/route.ts'

const env = { TOCSIN_URL: 'https://app.tocsin.example', STATUS_DOMAIN: 'status.tocsin.example' }
const answers = (line: string, headers: Record<string, string> = {}) => {
  const [method, url] = line.split(' ') as [string, string]
  return whose(method, new URL(url.startsWith('/') ? `https://app.tocsin.example${url}` : url), new Headers(headers), env)
}

test.each([
  ['GET /', 'dashboard'],
  ['GET /monitors/1', 'dashboard'],
  ['POST /', 'ingest'],
  ['POST /metrics', 'ingest'],
  ['GET /metrics', 'dashboard'],
  ['POST /api/7/envelope/', 'ingest'],
  ['POST /api/any/store/', 'ingest'],
  ['POST /api/v1/heartbeat/abc', 'ingest'],
  ['POST /api/v1/write', 'ingest'],
  ['POST /v1/logs', 'ingest'],
  ['POST /_bulk', 'ingest'],
  ['POST /idx/_bulk', 'ingest'],
  ['POST /loki/api/v1/push', 'ingest'],
  ['POST /services/collector/event', 'ingest'],
  ['POST /syslog', 'ingest'],
  ['POST /api/logs/ingest', 'ingest'],
  ['POST /api/errors/p1/envelope', 'ingest'],
  ['POST /api/uptime/heartbeats/1/beat', 'ingest'],
  ['GET /s/acme/', 'status'],
  ['GET /a/link', 'status'],
  ['POST /hooks/stripe', 'hooks'],
  ['GET /api/incidents', 'api'],
  ['GET /prometheus/api/v1/query', 'api'],
  ['POST /mcp', 'api'],
  ['GET /scim/v2/Users', 'api'],
  ['GET /.well-known/oauth', 'api'],
  ['GET /mailbox', 'mailbox'],
  ['GET /mailbox.json', 'mailbox'],
  ['GET /mailboxes', 'dashboard'],
  ['GET https://acme.status.tocsin.example/', 'status'],
  ['GET https://acme.status.tocsin.example/api/v2/summary.json', 'status'],
  ['GET https://status.acme.example/', 'status'],
  ['GET http://127.0.0.1:8787/api/incidents', 'api'],
])('%s is answered by %s', (line, door) => {
  expect(answers(line)).toBe(door)
})

test('GET / with credentials is a client shaking hands with the ingest door', () => {
  expect(answers('GET /', { authorization: 'Basic eA==' })).toBe('ingest')
})
