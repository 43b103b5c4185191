import { expect, test } from 'vitest'
import type { Span } from '../../traces/row.ts'
import { transformSpan } from './span.ts'

const span: Span = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  parentSpanId: '',
  traceState: '',
  name: 'GET /cart',
  kind: 2,
  service: 'shop',
  startNs: 1_777_982_398_123_456_789n,
  endNs: 1_777_982_398_223_456_789n,
  status: { code: 2, message: 'boom' },
  attributes: { 'http.url': 'https://shop.example/cart?token=s3cret', resource: { 'service.name': 'shop' } },
  events: [{ atNs: 1_777_982_398_200_000_000n, name: 'exception', attributes: { type: 'E' } }],
  links: [],
}
const through = (program: string) => {
  const noted: string[] = []
  const door = { at: 0, random: () => 0.5, note: (outcome: string, message: string) => noted.push(`${outcome}: ${message}`) }
  return { made: transformSpan({ program, drops: 'abort' }, span, door), noted }
}

test('a program that changes nothing leaves the span as it is', () => {
  expect(through('.').made).toEqual([span])
})

test('columns and attributes can be changed, other fields become attributes', () => {
  const { made } = through(
    '.attributes."http.url" = redact(string!(.attributes."http.url"), filters: [r\'token=\\w+\'])\n.name = "GET cart"\n.kind = "client"\n.status = "ok"\n.team = "web"\n.duration_ns = 5\n.events[0].name = "e"',
  )
  expect(made).toEqual([
    {
      ...span,
      name: 'GET cart',
      kind: 3,
      status: { code: 1, message: 'boom' },
      endNs: span.startNs + 5n,
      attributes: { 'http.url': 'https://shop.example/cart?[REDACTED]', resource: { 'service.name': 'shop' }, team: 'web' },
      events: [{ ...span.events[0], name: 'e' }],
    },
  ])
})

test('abort leaves the span out', () => {
  expect(through('if .service == "shop" { abort }')).toEqual({ made: [], noted: ['dropped: aborted'] })
})

test.each(['.trace_id = "x"', '.span_id = 5', ".timestamp = t'1970-01-01T00:00:00Z'", '.x = parse_json!("{")'])(
  '%s: what cannot be stored is stored as it came, marked',
  (program) => {
    const { made, noted } = through(program)
    expect(made).toEqual([{ ...span, attributes: { ...span.attributes, '_tocsin.vrl_error': expect.any(String) } }])
    expect(noted).toHaveLength(1)
  },
)
