import type { Known } from '../../shared/logs/row.ts'
import { instant } from '../../shared/logs/row.ts'
import { type JsonPart, jsonPart } from './json-part.ts'
import { type Field, type Message, Part } from './protobuf.ts'
import { Refused } from './refused.ts'
import { type LogRecord, storeLogs } from './store-logs.ts'
import { text, type Wire } from './wire.ts'

const f = (name: string, kind: Field['kind']): Field => ({ name, kind })
const pair: Message = { 1: f('name', 'string'), 2: f('value', 'string') }
const entry: Message = {
  1: f('time', () => ({ 1: f('seconds', 'int'), 2: f('nanos', 'int') })),
  2: f('line', 'string'),
  3: { name: 'metadata', kind: () => pair, repeated: true },
}
/** logproto.PushRequest. */
export const pushRequest: Message = {
  1: {
    name: 'streams',
    kind: () => ({ 1: f('labels', 'string'), 2: { name: 'entries', kind: () => entry, repeated: true } }),
    repeated: true,
  },
}

/** One entry may be this large. */
const LINE_CHARS_MAX = 1_000_000
/** Labels are stored with every line. */
const LABELS_CHARS_MAX = 100_000
const labelsTooLarge = () => new Refused('too-large', 'The labels of a stream are longer than 100 KB.')
const TOGETHER = 200

/** `POST /loki/api/v1/push`: snappy protobuf or JSON, with structured metadata. 204. */
export const loki: Wire = {
  async take(asked) {
    const { request, body, at } = asked
    const isJson = /json/i.test(request.headers.get('content-type') ?? '')
    const entries = isJson
      ? jsonEntries(jsonPart(await body.bytes()), at)
      : protobufEntries(new Part(await body.bytes({ snappy: true }), pushRequest), at)
    let batch: LogRecord[] = []
    for (const record of entries) {
      if ((record.known?.message?.length ?? 0) > LINE_CHARS_MAX) throw new Refused('too-large', 'A line is longer than 1 MB.')
      batch.push(record)
      if (batch.length < TOGETHER) continue
      await storeLogs(asked, batch)
      batch = []
    }
    await storeLogs(asked, batch)
    await asked.upload.commit()
    return new Response(null, { status: 204 })
  },
}

/** `GET /loki/…/ready` and what else clients ask before they push. */
export const lokiReady: Wire = { take: async () => text(200, 'ready'), open: () => text(200, 'ready') }

function* protobufEntries(root: Part, at: number): Generator<LogRecord> {
  for (const stream of root.each('streams')) {
    const written = stream.head().labels ?? ''
    if (written.length > LABELS_CHARS_MAX) throw labelsTooLarge()
    const labels = parseLabels(written)
    for (const part of stream.each('entries')) {
      const { time, line = '', metadata = [] } = part.value()
      const nanos = time ? String(BigInt(time.seconds ?? 0) * 1_000_000_000n + BigInt(time.nanos ?? 0)) : ''
      yield record(
        labels,
        nanos,
        line,
        Object.fromEntries(metadata.map((m: { name?: string; value?: string }) => [m.name ?? '', m.value ?? ''])),
        at,
      )
    }
  }
}

function* jsonEntries(root: JsonPart, at: number): Generator<LogRecord> {
  for (const stream of root.each('streams')) {
    const labels = Object(stream.one('stream')?.value()) as Record<string, unknown>
    if (JSON.stringify(labels).length > LABELS_CHARS_MAX) throw labelsTooLarge()
    for (const part of stream.each('values')) {
      const value = part.value()
      if (!Array.isArray(value) || value.length < 2 || typeof value[1] !== 'string')
        throw new Refused('unreadable', 'A value is ["<unix epoch in nanoseconds>", "<line>", {structured metadata}].')
      yield record(labels, String(value[0]), value[1], Object(value[2]), at)
    }
  }
}

/** Labels and metadata are attributes; a line that is a JSON object brings its own besides. */
function record(labels: Record<string, unknown>, nanos: string, line: string, metadata: Record<string, unknown>, at: number): LogRecord {
  const inside = line.startsWith('{') ? objectIn(line) : null
  const known: Known = { timestamp: instant(nanos, at) ?? new Date(at).toISOString() }
  if (!inside) known.message = line
  else if (!['message', 'msg', 'log', 'body'].some((name) => typeof inside[name] === 'string')) known.message = line
  return { known, record: { ...inside, ...labels, ...metadata } }
}

function objectIn(line: string): Record<string, unknown> | null {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** `{job="api", level="info"}`, values quoted as in Go. */
export function parseLabels(labels: string): Record<string, string> {
  const out: Record<string, string> = {}
  const found = /\s*([^\s={},"]+)\s*=\s*("(?:[^"\\]|\\.)*"|`[^`]*`)\s*(?:,|}|$)/y
  if (!labels.trimStart().startsWith('{')) throw new Refused('unreadable', 'Labels are {name="value", …}.')
  found.lastIndex = labels.indexOf('{') + 1
  for (;;) {
    const from = found.lastIndex
    const match = found.exec(labels)
    if (match) out[match[1]!] = unquoted(match[2]!)
    else if (/^\s*}?\s*$/.test(labels.slice(from))) return out
    else throw new Refused('unreadable', 'Labels are {name="value", …}.')
  }
}

function unquoted(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1)
  try {
    return JSON.parse(text)
  } catch {
    return text.slice(1, -1)
  }
}
