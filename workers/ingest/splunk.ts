import { instant, type Known } from '../../shared/logs/row.ts'
import { parseRecords, Splitter } from '../../shared/logs/split.ts'
import { isSplitError } from './json.ts'
import { linesOf } from './lines.ts'
import { Refused, tooLarge } from './refused.ts'
import { type LogRecord, storeLogs } from './store-logs.ts'
import { json, type Wire } from './wire.ts'

// Splunk's "HTTP Event Collector": codes and texts of its answers.
const codes: Record<number, [code: number, text: string]> = {
  400: [6, 'Invalid data format'],
  402: [7, 'Incorrect index'],
  403: [4, 'Invalid token'],
  413: [6, 'Invalid data format'],
  429: [9, 'Server is busy'],
  503: [9, 'Server is busy'],
}
const refuse: Wire['refuse'] = (_, status, message) => {
  const [code, text] = codes[status] ?? [8, 'Internal server error']
  return json(status, { text: status === 400 ? message : text, code })
}
const success = { text: 'Success', code: 0 }
const LINE_BYTES_MAX = 1_000_000

/** `POST /services/collector[/event[/1.0]]`: event objects after one another. */
export const splunkEvent: Wire = {
  refuse,
  async take(asked) {
    const splitter = new Splitter()
    let seen = 0
    const group = async (text: string) => {
      const events = parseRecords(text).map((event): LogRecord => eventRecord(event, asked.at))
      seen += events.length
      await storeLogs(asked, events)
    }
    try {
      for await (const chunk of asked.body.chunks()) for (const text of splitter.push(chunk)) await group(text)
      for (const text of splitter.end()) await group(text)
    } catch (e) {
      if (isSplitError(e) && e.error === 'record-too-large') throw tooLarge()
      if (!seen && isSplitError(e) && e.at === 0) throw new Refused('unreadable', 'No data')
      if (isSplitError(e) || e instanceof SyntaxError) throw new Refused('unreadable', 'Invalid data format')
      throw e
    }
    await asked.upload.commit()
    return json(200, success)
  },
}

/** `POST /services/collector/raw`: a record per line. */
export const splunkRaw: Wire = {
  refuse,
  async take(asked) {
    const { url, body, upload } = asked
    const shared = Object.fromEntries(
      ['host', 'source', 'sourcetype', 'index'].flatMap((name) => (url.searchParams.has(name) ? [[name, url.searchParams.get(name)]] : [])),
    )
    let batch: LogRecord[] = []
    let seen = 0
    for await (const line of linesOf(body.chunks(), LINE_BYTES_MAX)) {
      if (line === null) throw tooLarge()
      if (!line) continue
      seen += 1
      batch.push({ record: shared, known: { message: line } })
      if (batch.length < 500) continue
      await storeLogs(asked, batch)
      batch = []
    }
    if (!seen) throw new Refused('unreadable', 'No data')
    await storeLogs(asked, batch)
    await upload.commit()
    return json(200, success)
  },
}

/** `GET /services/collector/health`. */
export const splunkHealth: Wire = { take: async () => healthy(), open: () => healthy() }
const healthy = () => json(200, { text: 'HEC is healthy', code: 17 })

function eventRecord(sent: unknown, at: number): LogRecord {
  const { event, fields, time, ...meta } = Object(sent) as Record<string, unknown>
  if (event === undefined || event === null) throw new Refused('unreadable', 'Event field is required')
  if (event === '') throw new Refused('unreadable', 'Event field cannot be blank')
  const known: Known = {}
  const timestamp = instant(typeof time === 'string' && /^\d+\.\d+$/.test(time) ? Number(time) : time, at)
  if (timestamp) known.timestamp = timestamp
  if (typeof event !== 'object') return { record: { ...meta, ...Object(fields) }, known: { ...known, message: String(event) } }
  return { record: { ...meta, ...Object(fields), ...event }, known }
}
