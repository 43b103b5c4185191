import { type JsonPart, jsonPart } from '../json-part.ts'
import { type Message, Part } from '../protobuf.ts'
import { Refused } from '../refused.ts'
import type { Asked, Wire } from '../wire.ts'
import { json } from '../wire.ts'
import { attributes, bounded, type Shared, word } from './values.ts'

/** One record may be this large. */
const RECORD_BYTES_MAX = 1_000_000
const isJson = (request: Request) => /^application\/json\b/i.test(request.headers.get('content-type') ?? '')
const isProtobuf = (request: Request) => /^application\/(x-)?protobuf\b/i.test(request.headers.get('content-type') ?? '')

/** How the three requests are nested, by the names of OTLP/JSON. */
export type Shape = { message: Message; outer: string; inner: string; records: string }

/** Records that are not stored, and why: the answer's partialSuccess. */
export class Rejections {
  count = 0
  why = ''
  add(why: string): void {
    this.count += 1
    this.why ||= why
  }
  /** Counts a record that is too large to be stored. */
  tooLarge(record: JsonPart): boolean {
    if (record.size <= RECORD_BYTES_MAX) return false
    this.add('A record is larger than 1 MB.')
    return true
  }
}

/** Every record of a request with what it shares, one at a time. */
export async function* records(
  { request, body }: Asked,
  { message, outer, inner, records }: Shape,
): AsyncGenerator<{ record: JsonPart; shared: Shared }> {
  if (!isJson(request) && !isProtobuf(request)) throw new Refused('media-type', 'Send application/x-protobuf or application/json.')
  const bytes = await body.bytes()
  const root: JsonPart = isJson(request) ? jsonPart(bytes) : new Part(bytes, message)
  for (const group of root.each(outer)) {
    const resource = bounded(attributes(group.one('resource')?.value()?.attributes))
    const service = word(resource['service.name'])
    for (const scoped of group.each(inner)) {
      const of = scoped.one('scope')?.value()
      const scope = bounded({ name: word(of?.name) || undefined, version: word(of?.version) || undefined, ...attributes(of?.attributes) })
      for (const record of scoped.each(records)) yield { record, shared: { resource, scope, service } }
    }
  }
}

/** OTLP/HTTP "Success" and "Partial Success": in the encoding of the request. */
export function accepted(request: Request, rejectedName: string, { count, why }: Rejections): Response {
  if (isJson(request))
    return json(200, count ? { partialSuccess: { [rejectedName]: String(count), errorMessage: why } } : { partialSuccess: {} })
  const partial = count ? [...field(1, [...varintField(1, count), ...field(2, utf8(why))])] : []
  return protobuf(200, partial)
}

/** google.rpc.Status in the encoding of the request; the code is gRPC's nearest. */
export const refuse: Wire['refuse'] = (request, status, message) => {
  const code = { 400: 3, 402: 8, 403: 7, 413: 8, 415: 3, 429: 8, 503: 14 }[status] ?? 2
  return isJson(request) ? json(status, { code, message }) : protobuf(status, [...varintField(1, code), ...field(2, utf8(message))])
}

const protobuf = (status: number, bytes: number[]) =>
  new Response(new Uint8Array(bytes), { status, headers: { 'content-type': 'application/x-protobuf' } })
const utf8 = (text: string) => [...new TextEncoder().encode(text)]
const varint = (n: number): number[] => (n < 128 ? [n] : [(n % 128) | 128, ...varint(Math.floor(n / 128))])
const varintField = (number: number, n: number) => [number << 3, ...varint(n)]
const field = (number: number, bytes: number[]) => [(number << 3) | 2, ...varint(bytes.length), ...bytes]
