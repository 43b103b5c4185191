import { instant } from '../../shared/logs/row.ts'
import { parseRecords, Splitter } from '../../shared/logs/split.ts'
import { labelName } from '../../shared/metrics/otlp-names.ts'
import { Labels } from '../../shared/metrics/promql/labels.ts'
import { isSplitError } from './json.ts'
import { remoteWrite } from './prometheus/write.ts'
import { Refused, tooLarge } from './refused.ts'
import { MetricStore } from './store-metrics.ts'
import type { Wire } from './wire.ts'

/** `POST /metrics` and `/api/metrics/ingest`: Better Stack's JSON (`{name, gauge: {value}, tags, dt}`), or Prometheus remote write by its content type. */
export const metrics: Wire = {
  async take(asked) {
    if (/protobuf/i.test(asked.request.headers.get('content-type') ?? '')) return remoteWrite.take(asked)
    const splitter = new Splitter()
    const store = new MetricStore(asked)
    const group = async (text: string) => {
      for (const record of parseRecords(text)) await take(record, store, asked.at)
    }
    try {
      for await (const chunk of asked.body.chunks()) for (const text of splitter.push(chunk)) await group(text)
      for (const text of splitter.end()) await group(text)
    } catch (e) {
      if (isSplitError(e) && e.error === 'record-too-large') throw tooLarge()
      if (isSplitError(e) || e instanceof SyntaxError) throw new Refused('unreadable', "Couldn't parse JSON content.")
      throw e
    }
    await store.commit()
    return new Response(null, { status: 202 })
  },
  unreadable: 406,
}

async function take(record: unknown, store: MetricStore, at: number): Promise<void> {
  const { name, gauge, counter, tags, dt } = Object(record) as Record<string, unknown>
  const value = Object(gauge ?? counter).value as unknown
  if (typeof name !== 'string' || !name || typeof value !== 'number')
    throw new Refused('unreadable', 'A metric is {"name", "gauge": {"value": number}, "tags": {…}, "dt"}, or the same with "counter".')
  const labels = Object.entries(Object(tags) as Record<string, unknown>).map(([k, v]): [string, string] => [labelName(k), String(v ?? '')])
  const series = store.series(Labels.of(Object.fromEntries([...labels, ['__name__', name]])))
  const time = Date.parse(instant(dt, at) ?? new Date(at).toISOString())
  await store.sample({ series, at: time, value, start: 0 })
}
