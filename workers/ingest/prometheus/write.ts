import { Labels } from '../../../shared/metrics/promql/labels.ts'
import type { KnownSeries } from '../../../shared/metrics/series-cache.ts'
import { Part } from '../protobuf.ts'
import { Refused } from '../refused.ts'
import { MetricStore } from '../store-metrics.ts'
import { text, type Wire } from '../wire.ts'
import { absolute, type SentHistogram } from './histogram.ts'
import { writeRequest, writeRequest2 } from './messages.ts'

/** MetricType, the same numbers in 1.0 and 2.0. */
const types = ['unknown', 'counter', 'gauge', 'histogram', 'gaugehistogram', 'summary', 'info', 'stateset']
const LABELS_MAX = 200
const LABEL_CHARS_MAX = 65_536

type Pair = readonly [name: string, value: string]
/** A time series of either version, with its labels written out. */
type Sent = {
  labels: Pair[] | null
  samples?: { value?: number | 'stale'; timestamp?: number; start?: number }[]
  histograms?: SentHistogram[]
  exemplars?: { labels: Pair[] | null; value?: number; timestamp?: number }[]
  created: number
}

/**
 * `POST /api/v1/write`, `/api/metrics/ingest`: Prometheus remote write 1.0 and 2.0. 204 with what was written in headers. Series that
 * cannot be stored are told with 400 and the good ones kept, as the specification asks: the sender must not try them again.
 */
export const remoteWrite: Wire = {
  async take(asked) {
    const { request, body, upload } = asked
    const isSecond = version(request.headers) === 2
    const root = new Part(await body.bytes({ snappy: true }), isSecond ? writeRequest2 : writeRequest)
    const store = new MetricStore(asked)
    const wrong = new Wrong()
    if (isSecond) await second(root, store, wrong)
    else await first(root, store, wrong)
    if (store.counts.samples + store.counts.histograms + store.counts.exemplars || !wrong.count) await store.commit()
    else await upload.drop()
    const answer = wrong.count ? text(400, wrong.said()) : new Response(null, { status: 204 })
    for (const [what, n] of Object.entries(store.counts))
      answer.headers.set(`X-Prometheus-Remote-Write-${what[0]!.toUpperCase()}${what.slice(1)}-Written`, String(n))
    return answer
  },
}

/** By the content type, before anything is unpacked; what neither version sends is 415. */
function version(headers: Headers): 1 | 2 {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '')
    .toLowerCase()
    .split(';')
    .map((p) => p.trim())
  const proto = parameters.find((p) => p.startsWith('proto='))?.slice(6) ?? 'prometheus.writerequest'
  const encoding = (headers.get('content-encoding') ?? 'snappy').trim().toLowerCase()
  if (type !== 'application/x-protobuf') throw new Refused('media-type', 'Content-Type must be application/x-protobuf.')
  if (encoding !== 'snappy') throw new Refused('media-type', 'Content-Encoding must be snappy.')
  if (proto === 'prometheus.writerequest') return 1
  if (proto === 'io.prometheus.write.v2.request') return 2
  throw new Refused('media-type', 'proto must be prometheus.WriteRequest or io.prometheus.write.v2.Request.')
}

async function first(root: Part, store: MetricStore, wrong: Wrong): Promise<void> {
  const pairs = (labels: { name?: string; value?: string }[] = []): Pair[] => labels.map((l) => [l.name ?? '', l.value ?? ''])
  for (const part of root.each('timeseries')) {
    const sent = part.value()
    const exemplars = (sent.exemplars ?? []).map((e: { labels?: [] }) => ({ ...e, labels: pairs(e.labels) }))
    await series({ ...sent, exemplars, labels: pairs(sent.labels), created: 0 }, store, wrong)
  }
  for (const part of root.each('metadata')) {
    const { name = '', type, unit = '', help = '' } = part.value()
    await store.metadata({ name, unit, help, type: types[type ?? 0] ?? 'unknown' })
  }
}

async function second(root: Part, store: MetricStore, wrong: Wrong): Promise<void> {
  const symbols: string[] = root.head().symbols ?? []
  if (symbols.length && symbols[0] !== '') throw new Refused('unreadable', 'The first symbol must be the empty string.')
  const pairs = (refs: number[] = []): Pair[] | null => {
    if (refs.length % 2 || refs.some((r) => symbols[r] === undefined)) return null
    return Array.from({ length: refs.length / 2 }, (_, i) => [symbols[refs[2 * i]!]!, symbols[refs[2 * i + 1]!]!])
  }
  for (const part of root.each('timeseries')) {
    const { labelsRefs, exemplars = [], metadata, createdTimestamp = 0, ...sent } = part.value()
    const labels = pairs(labelsRefs)
    const named = exemplars.map((e: { labelsRefs?: number[] }) => ({ ...e, labels: pairs(e.labelsRefs) }))
    const name = await series({ ...sent, labels, exemplars: named, created: createdTimestamp }, store, wrong)
    if (!name || !metadata) continue
    const [unit, help] = [symbols[metadata.unitRef ?? 0] ?? '', symbols[metadata.helpRef ?? 0] ?? '']
    const family = /^(histogram|summary)$/.test(types[metadata.type] ?? '') ? name.replace(/_(bucket|sum|count)$/, '') : name
    await store.metadata({ name: family, unit, help, type: types[metadata.type ?? 0] ?? 'unknown' })
  }
}

/** Stores what of one series can be stored; returns the metric's name, '' when nothing can. */
async function series(sent: Sent, store: MetricStore, wrong: Wrong): Promise<string> {
  const why = wrongLabels(sent.labels)
  if (why || !sent.labels) {
    wrong.add(why ?? '')
    return ''
  }
  const labels = Labels.from(sent.labels)
  const known = store.series(labels)
  for (const { value = 0, timestamp = 0, start } of sent.samples ?? [])
    if (!store.accepts(timestamp)) wrong.add('a sample is before 1970 or more than a day ahead')
    else await store.sample({ series: known, at: timestamp, value, start: since(start, sent.created) })
  for (const h of sent.histograms ?? []) await histogram(h, known, sent.created, store, wrong)
  for (const e of sent.exemplars ?? []) {
    const { timestamp = 0, value = 0 } = e
    if (!e.labels || !store.accepts(timestamp)) wrong.add('an exemplar has labels or a time that cannot be')
    else {
      const { trace_id = '', traceID = '', span_id = '', spanID = '', ...others } = Labels.from(e.labels).toRecord()
      await store.exemplar({ series: known, at: timestamp, value, traceId: trace_id || traceID, spanId: span_id || spanID, labels: others })
    }
  }
  return labels.name
}

async function histogram(h: SentHistogram, known: KnownSeries, created: number, store: MetricStore, wrong: Wrong): Promise<void> {
  const at = h.timestamp ?? 0
  const start = since(h.start, created)
  if (!store.accepts(at)) return wrong.add('a histogram is before 1970 or more than a day ahead')
  if (h.sum === 'stale') return store.sample({ series: known, at, value: 'stale', start })
  const found = absolute(h)
  if (!found) return wrong.add('a histogram has a schema that is none, or spans that do not fit its buckets')
  await store.histogram(known, at, found, start)
}

const since = (start: number | undefined, created: number): number => Number(start || created)

function wrongLabels(pairs: Pair[] | null): string | null {
  if (!pairs) return 'a label refers to a symbol that is not there'
  if (pairs.length > LABELS_MAX) return `a series has more than ${LABELS_MAX} labels`
  const names = new Set<string>()
  for (const [name, value] of pairs) {
    if (!name) return 'a label has no name'
    if (names.has(name)) return 'a label name stands twice in one series'
    if (name.length > LABEL_CHARS_MAX || value.length > LABEL_CHARS_MAX) return 'a label is longer than 65,536 characters'
    names.add(name)
  }
  return pairs.some(([name, value]) => name === '__name__' && value) ? null : 'a series has no metric name'
}

/** What could not be stored, counted by reason. */
class Wrong {
  count = 0
  private readonly reasons = new Map<string, number>()
  add(reason: string): void {
    this.count += 1
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1)
  }
  said = () => `Left out: ${[...this.reasons].map(([reason, n]) => `${reason} (${n}×)`).join('; ')}. The rest is stored.`
}
