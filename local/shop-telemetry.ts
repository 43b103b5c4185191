import type { ShopLog, ShopSpan, Visit } from './shop-visits.ts'
import { visit } from './shop-visits.ts'

/** Where the shop's telemetry goes and with which token; null when the demo source was never made or is gone. */
export type ShopSource = { base: string; token: string } | null

const TICK_MS = 1000
const METRICS_EVERY = 10
/** What the shop tells of before it was started, so that the first look at logs, traces and metrics shows something. */
const BEFORE_MS = 30 * 60_000
const PART_MS = 5 * 60_000
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

/**
 * The shop at work: about one made-up visit a second, told as logs (JSON), spans and metrics (OTLP/JSON) through the same door as
 * anybody's. Ends when the source is gone; a request that fails is not repeated, the shop has nothing to lose.
 */
export function startShopTelemetry(source: ShopSource, isBroken: () => boolean, first: boolean, at: number): () => void {
  if (!source) return () => {}
  const meters = new Meters(first ? at - BEFORE_MS : at)
  let [stopped, ticks] = [false, 0]
  const tell = async (path: string, body: unknown): Promise<void> => {
    const headers = { authorization: `Bearer ${source.token}`, 'content-type': 'application/json' }
    const answer = await fetch(source.base + path, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => null)
    await answer?.arrayBuffer().catch(() => null)
    if (answer && [401, 403].includes(answer.status)) stop()
  }
  const send = async (visits: Visit[]): Promise<void> => {
    if (!visits.length || stopped) return
    await tell(
      '/api/logs/ingest',
      visits.flatMap((v) => v.logs satisfies ShopLog[]),
    )
    await tell('/v1/traces', { resourceSpans: resourceSpans(visits.flatMap((v) => v.spans)) })
  }
  const past = async (): Promise<void> => {
    for (let from = at - BEFORE_MS; from < at && !stopped; from += PART_MS) {
      const visits: Visit[] = []
      const points: ReturnType<Meters['read']> = []
      for (let t = from; t < Math.min(from + PART_MS, at); t += TICK_MS) {
        const now = some(t, false)
        for (const v of now) meters.count(v)
        visits.push(...now)
        if (((t - from) / TICK_MS) % METRICS_EVERY === 0) points.push(...meters.read(t))
      }
      await send(visits)
      await tell('/v1/metrics', { resourceMetrics: points })
    }
  }
  const tick = async (): Promise<void> => {
    const now = Date.now()
    const visits = some(now, isBroken())
    for (const v of visits) meters.count(v)
    await send(visits)
    if (++ticks % METRICS_EVERY === 0) await tell('/v1/metrics', { resourceMetrics: meters.read(now) })
  }
  let timer: NodeJS.Timeout | undefined
  const stop = () => {
    stopped = true
    clearInterval(timer)
  }
  // counters only grow, so what was before is told before what is now
  void (first ? past() : Promise.resolve()).then(() => {
    if (!stopped) timer = setInterval(() => void tick(), TICK_MS)
  })
  return stop
}

/** About one visit a second, more by day than by night. */
function some(at: number, broken: boolean): Visit[] {
  const busy = 0.9 + 0.5 * Math.sin((at / 3_600_000) * 0.8) + (Math.random() < 0.05 ? 2 : 0)
  const n = Math.floor(busy + Math.random())
  return Array.from({ length: n }, () => visit(at - Math.random() * TICK_MS, broken, Math.random))
}

const value = (v: string | number) => (typeof v === 'number' ? { intValue: String(Math.round(v)) } : { stringValue: v })
const attribute = (key: string, v: string | number) => ({ key, value: value(v) })
const nanos = (ms: number) => `${Math.floor(ms)}${String(Math.floor((ms % 1) * 1e6)).padStart(6, '0')}`

function resourceSpans(spans: ShopSpan[]) {
  const services = [...new Set(spans.map((s) => s.service))]
  return services.map((service) => ({
    resource: { attributes: [attribute('service.name', service)] },
    scopeSpans: [{ scope: { name: 'demo-shop' }, spans: spans.filter((s) => s.service === service).map(otlpSpan) }],
  }))
}

const otlpSpan = (s: ShopSpan) => ({
  traceId: s.traceId,
  spanId: s.spanId,
  parentSpanId: s.parent ?? '',
  name: s.name,
  kind: s.kind,
  startTimeUnixNano: nanos(s.start),
  endTimeUnixNano: nanos(s.start + s.ms),
  attributes: Object.entries(s.attributes).map(([key, v]) => attribute(key, v)),
  status: s.failed ? { code: 2, message: s.failed } : { code: 0 },
})

/** The shop's counters since it opened, cumulative as OTLP's default is. */
class Meters {
  private readonly since: number
  private readonly routes = new Map<string, { route: string; status: number; count: number; sum: number; buckets: number[] }>()
  private orders = 0
  private revenue = 0
  constructor(since: number) {
    this.since = since
  }

  count({ route, status, ms, order }: Visit): void {
    const key = `${route} ${status}`
    const of = this.routes.get(key) ?? { route, status, count: 0, sum: 0, buckets: Array(BOUNDS.length + 1).fill(0) as number[] }
    const bucket = BOUNDS.findIndex((bound) => ms / 1000 <= bound)
    of.buckets[bucket < 0 ? BOUNDS.length : bucket]! += 1
    of.count += 1
    of.sum += ms / 1000
    this.routes.set(key, of)
    if (order) this.orders += 1
    this.revenue += order
  }

  read(at: number) {
    const time = { startTimeUnixNano: nanos(this.since), timeUnixNano: nanos(at) }
    const each = [...this.routes.values()]
    const cumulative = { aggregationTemporality: 2, isMonotonic: true }
    const labels = (r: { route: string; status: number }) => [attribute('route', r.route), attribute('status', String(r.status))]
    const metrics = [
      {
        name: 'shop.requests',
        description: 'Requests to the demo shop.',
        sum: { ...cumulative, dataPoints: each.map((r) => ({ ...time, asInt: String(r.count), attributes: labels(r) })) },
      },
      {
        name: 'shop.request.duration',
        unit: 's',
        description: 'How long the demo shop took to answer.',
        histogram: {
          aggregationTemporality: 2,
          dataPoints: each.map((r) => ({
            ...time,
            count: String(r.count),
            sum: r.sum,
            explicitBounds: BOUNDS,
            bucketCounts: r.buckets.map(String),
            attributes: labels(r),
          })),
        },
      },
      { name: 'shop.orders', description: 'Orders taken.', sum: { ...cumulative, dataPoints: [{ ...time, asInt: String(this.orders) }] } },
      {
        name: 'shop.revenue',
        unit: 'EUR',
        description: 'Money taken.',
        sum: { ...cumulative, dataPoints: [{ ...time, asDouble: this.revenue }] },
      },
      {
        name: 'shop.carts.open',
        description: 'Carts that wait for a checkout.',
        gauge: { dataPoints: [{ ...time, asInt: String(Math.round(12 + 6 * Math.sin(at / 300_000) + 3 * Math.random())) }] },
      },
    ]
    return [{ resource: { attributes: [attribute('service.name', 'web')] }, scopeMetrics: [{ scope: { name: 'demo-shop' }, metrics }] }]
  }
}
