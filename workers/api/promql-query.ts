import type { LogQuery, QueryAnswer } from '../../shared/logs/schema.ts'
import { Problem } from '../../shared/problem.ts'
import { DAY } from '../../shared/time.ts'
import type { Asked } from './door.ts'
import { wrong } from './log-search.ts'

const ROWS_MAX = 100_000
const columns = [
  { name: 'timestamp', type: 'DateTime64(3)' },
  { name: 'labels', type: 'Map(String, String)' },
  { name: 'value', type: 'Nullable(Float64)' },
  { name: 'histogram', type: 'JSON' },
]

type Series = { metric: Record<string, string>; values?: [number, string][]; histograms?: [number, unknown][] }

/**
 * `query_type: "PROMQL"`: the expression at every `step` of the range, a row for each sample. A value that JSON has no number for (NaN,
 * infinite) is null; a native histogram stands in a column of its own.
 */
export async function promqlAnswer(c: Asked, asked: LogQuery): Promise<Response> {
  if (!c.var.may('metrics:read')) throw new Problem('forbidden', 'This needs the permission metrics:read.')
  if (asked.source_ids?.length) throw wrong('source_ids', 'With query_type PROMQL name the source by a label.')
  const to = asked.to ? Date.parse(asked.to) : Date.now()
  const from = asked.from ? Date.parse(asked.from) : to - DAY
  if (from > to) throw wrong('from', 'The beginning must lie before the end.')
  const began = Date.now()
  const [{ evaluated }, { resultJson }] = await Promise.all([import('./metrics.ts'), import('../../shared/metrics/prometheus/result.ts')])
  const answer = await evaluated(c, { query: asked.query ?? asked.query_text ?? '', from, to, step: asked.step }, asked.query_id)
  const { result } = JSON.parse(resultJson(answer)) as { result: Series[] }
  const samples = result.reduce((n, { values, histograms }) => n + (values?.length ?? 0) + (histograms?.length ?? 0), 0)
  if (samples > ROWS_MAX)
    throw new Problem('too-large', `The answer has more than ${ROWS_MAX} samples. Ask for a larger step or fewer series.`)
  if (asked.format === 'json') {
    const statistics = { rows_read: samples, bytes_read: 0, elapsed_ms: Date.now() - began }
    return c.json({ columns, data: [...rows(result)], statistics, cached: false } satisfies QueryAnswer)
  }
  const type = asked.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson'
  return new Response(streamed(asked.format === 'csv' ? csv(result) : ndjson(result)), { headers: { 'content-type': type } })
}

type Row = { timestamp: string; labels: Record<string, string>; value: number | null; histogram: unknown }

function* rows(result: Series[]): Generator<Row> {
  for (const { metric: labels, values = [], histograms = [] } of result) {
    for (const [at, text] of values) {
      const value = Number(text)
      yield { timestamp: timeOf(at), labels, value: Number.isFinite(value) ? value : null, histogram: null }
    }
    for (const [at, histogram] of histograms) yield { timestamp: timeOf(at), labels, value: null, histogram }
  }
}
const timeOf = (seconds: number) => new Date(Math.round(seconds * 1000)).toISOString()

function* ndjson(result: Series[]): Generator<string> {
  for (const row of rows(result)) yield `${JSON.stringify(row)}\n`
}

function* csv(result: Series[]): Generator<string> {
  yield '"timestamp","labels","value","histogram"\n'
  for (const { timestamp, labels, value, histogram } of rows(result))
    yield `"${timestamp}",${quoted(JSON.stringify(labels))},${value ?? ''},${histogram === null ? '' : quoted(JSON.stringify(histogram))}\n`
}
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

const CHUNK_CHARS = 64_000

function streamed(lines: Generator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull(controller) {
      let text = ''
      for (;;) {
        const { done, value } = lines.next()
        if (!done) text += value
        if (done || text.length >= CHUNK_CHARS) {
          if (text) controller.enqueue(encoder.encode(text))
          if (done) controller.close()
          return
        }
      }
    },
  })
}
