import { labelName, metricName } from '../../../shared/metrics/otlp-names.ts'
import { Labels } from '../../../shared/metrics/promql/labels.ts'
import type { JsonPart } from '../json-part.ts'
import { MetricStore } from '../store-metrics.ts'
import type { Wire } from '../wire.ts'
import { exponential } from './exponential.ts'
import { metricsRequest } from './messages.ts'
import { accepted, Rejections, records, refuse } from './request.ts'
import { attributes, id, list, long, number, type Shared, word } from './values.ts'

const shape = { message: metricsRequest, outer: 'resourceMetrics', inner: 'scopeMetrics', records: 'metrics' }
const DELTA = 1
/** DataPointFlags: no value was recorded, the series ends here. */
const NO_VALUE = 1

/** `POST /v1/metrics`: stored as Prometheus stores OTLP, so that the same PromQL finds the same series. */
export const otlpMetrics: Wire = {
  refuse,
  async take(asked) {
    const store = new MetricStore(asked)
    const rejected = new Rejections()
    const targets = new Map<Shared['resource'], number>()
    for await (const { record, shared } of records(asked, shape)) {
      const seen = await metric(store, record, shared.resource, asked.at, rejected)
      targets.set(shared.resource, Math.max(seen, targets.get(shared.resource) ?? 0))
    }
    for (const [resource, at] of targets) if (at) await targetInfo(store, resource, at)
    await store.commit()
    return accepted(asked.request, 'rejectedDataPoints', rejected)
  },
}

const types = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'] as const

/** Stores every point of a metric; returns the latest time, 0 when there was none. */
async function metric(store: MetricStore, part: JsonPart, resource: Shared['resource'], at: number, rejected: Rejections): Promise<number> {
  const type = types.find((t) => part.one(t))
  const data = type && part.one(type)
  if (!data) return 0
  const { name, unit, description } = part.head()
  const { aggregationTemporality, isMonotonic } = data.head()
  const kind = type === 'sum' && isMonotonic === true ? 'counter' : type === 'gauge' || type === 'sum' ? 'gauge' : 'other'
  const isDelta = number(aggregationTemporality) === DELTA
  const isCounting = isDelta && kind !== 'gauge'
  const called = metricName(word(name), word(unit), type === 'sum' && kind === 'gauge' ? 'other' : kind)
  const shown = kind === 'other' ? (type === 'summary' ? 'summary' : 'histogram') : kind
  if (called) await store.metadata({ name: called, type: shown, unit: word(unit), help: word(description) })
  const base: [string, string][] = [
    ...targetLabels(resource),
    ...(isDelta && !isCounting ? [['__temporality__', 'delta'] as [string, string]] : []),
  ]
  let latest = 0
  for (const point of data.each('dataPoints')) {
    if (rejected.tooLarge(point)) continue
    const value = point.value()
    const time = milliseconds(value?.timeUnixNano) || at
    if (!called) rejected.add('A metric has no name.')
    else if (!store.accepts(time)) rejected.add('The time of a point is more than a day ahead.')
    else if (type === 'exponentialHistogram' && !exponential(value, isCounting))
      rejected.add('The scale or offset of a histogram is out of range.')
    else {
      latest = Math.max(latest, time)
      const start = milliseconds(value?.startTimeUnixNano)
      await points[type](store, { name: called, at: time, start: isCounting ? deltaStart(start, time) : start, value, base, isCounting })
    }
  }
  return latest
}

// biome-ignore lint/suspicious/noExplicitAny: what a client sent
type Point = { name: string; at: number; start: number; value: any; base: [string, string][]; isCounting: boolean }

/**
 * A delta is a counter that begins anew at every point: its start timestamp says so, `rate` and `increase` add the points up, and a
 * point that comes twice is still one. Adding up at the door would need to remember every series and would count a repeated body twice.
 */
const deltaStart = (start: number, at: number): number => (start > 0 && start < at ? start : at - 1)

const points = {
  gauge: numberPoint,
  sum: numberPoint,
  histogram: histogramPoint,
  exponentialHistogram: exponentialPoint,
  summary: summaryPoint,
} satisfies Record<(typeof types)[number], (store: MetricStore, point: Point) => Promise<void>>

const isStale = (point: Point) => (number(point.value.flags) & NO_VALUE) !== 0

async function numberPoint(store: MetricStore, point: Point): Promise<void> {
  const { at, start, value } = point
  const series = store.series(labelsOf(point))
  await store.sample({ series, at, start, value: isStale(point) ? 'stale' : number(value.asDouble ?? value.asInt) })
  await exemplars(store, series, value.exemplars)
}

/** Buckets become cumulative series by `le`, as the text format has them. */
async function histogramPoint(store: MetricStore, point: Point): Promise<void> {
  const { name, at, start, value } = point
  const stale = isStale(point)
  const put = (suffix: string, n: number, le?: string) => {
    const series = store.series(labelsOf({ ...point, name: name + suffix }, le === undefined ? [] : [['le', le]]))
    return store.sample({ series, at, start, value: stale ? 'stale' : n }).then(() => series)
  }
  const bounds = list(value.explicitBounds).map(number)
  const counts = list(value.bucketCounts).map(number)
  let total = 0
  for (const [i, bound] of bounds.entries()) {
    total += counts[i] ?? 0
    await put('_bucket', total, bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound))
  }
  const last = await put('_bucket', number(value.count), '+Inf')
  await put('_count', number(value.count))
  if (value.sum !== undefined) await put('_sum', number(value.sum))
  await exemplars(store, last, value.exemplars)
}

async function exponentialPoint(store: MetricStore, point: Point): Promise<void> {
  const { at, start, value, isCounting } = point
  const series = store.series(labelsOf(point))
  const histogram = isStale(point) ? null : exponential(value, isCounting)
  if (histogram) await store.histogram(series, at, histogram, start)
  else await store.sample({ series, at, start, value: 'stale' })
  await exemplars(store, series, value.exemplars)
}

async function summaryPoint(store: MetricStore, point: Point): Promise<void> {
  const { name, at, start, value } = point
  const put = (suffix: string, n: number, more: [string, string][] = []) =>
    store.sample({
      series: store.series(labelsOf({ ...point, name: name + suffix }, more)),
      at,
      start,
      value: isStale(point) ? 'stale' : n,
    })
  for (const q of list(value.quantileValues)) await put('', number(q?.value), [['quantile', String(number(q?.quantile))]])
  await put('_count', number(value.count))
  await put('_sum', number(value.sum))
}

async function exemplars(store: MetricStore, series: ReturnType<MetricStore['series']>, found: unknown): Promise<void> {
  for (const e of list(found)) {
    const labels = Object.fromEntries(Object.entries(attributes(e?.filteredAttributes)).map(([k, v]) => [k, text(v)]))
    const at = milliseconds(e?.timeUnixNano)
    const value = number(e?.asDouble ?? e?.asInt)
    if (store.accepts(at)) await store.exemplar({ series, at, value, traceId: id(e?.traceId), spanId: id(e?.spanId), labels })
  }
}

function labelsOf({ name, value, base }: Point, more: [string, string][] = []): Labels {
  const own = Object.entries(attributes(value.attributes)).map(([k, v]): [string, string] => [labelName(k), text(v)])
  // of two names that become one, the later wins; what identifies the target wins over both
  return Labels.of(Object.fromEntries([...own, ...base, ...more, ['__name__', name]]))
}

/** `job` and `instance` of a resource: the OpenTelemetry specification, "Resource Attributes" of Prometheus compatibility. */
function targetLabels(resource: Shared['resource']): [string, string][] {
  const [space, name, instance] = ['service.namespace', 'service.name', 'service.instance.id'].map((k) => text(resource[k]))
  return [
    ['job', space ? `${space}/${name}` : name!],
    ['instance', instance!],
  ]
}

async function targetInfo(store: MetricStore, resource: Shared['resource'], at: number): Promise<void> {
  const others = Object.entries(resource).filter(([k]) => !/^service\.(name|namespace|instance\.id)$/.test(k))
  const labels = others.map(([k, v]): [string, string] => [labelName(k), text(v)])
  if (!labels.length) return
  const all = Object.fromEntries([...labels, ...targetLabels(resource), ['__name__', 'target_info']])
  await store.sample({ series: store.series(Labels.of(all)), at, start: 0, value: 1 })
}

const text = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
const milliseconds = (ns: unknown): number => Number(long(ns) / 1_000_000n)
