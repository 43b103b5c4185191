/** A span as the demo shop tells it; times in epoch ms, fractions allowed. */
export type ShopSpan = {
  traceId: string
  spanId: string
  parent: string | null
  service: string
  name: string
  /** OTLP's numbers: 1 internal, 2 server, 3 client. */
  kind: 1 | 2 | 3
  start: number
  ms: number
  failed: string | null
  attributes: Record<string, string | number>
}
export type ShopLog = { dt: string; level: string; message: string; service: string; trace_id: string; span_id: string } & Record<
  string,
  unknown
>
export type Visit = { spans: ShopSpan[]; logs: ShopLog[]; route: string; status: number; ms: number; order: number }

/** What chance decides, so that a test can hold it still: numbers in [0, 1). */
export type Chance = () => number

const routes = [
  ['GET /', 0.42],
  ['GET /shelf', 0.3],
  ['GET /item', 0.18],
  ['POST /checkout', 0.1],
] as const
const items = ['desk lamp', 'tea kettle', 'field notebook', 'wool blanket', 'wall clock', 'bread knife']
const agents = ['Firefox/151', 'Chrome/156', 'Safari/20', 'ShopApp/4.2 (iOS)']

/**
 * One visit to the demo shop: a request to its web server and what that set off behind it. The visitors are made up, as the whole
 * shop is; what the shop says of them takes the same way in as anybody's telemetry.
 */
export function visit(at: number, broken: boolean, chance: Chance): Visit {
  const route = pick(routes, chance)
  const item = items[Math.floor(chance() * items.length)]!
  const [method, path] = route.split(' ') as [string, string]
  const slow = chance() < 0.02 ? 8 : 1
  const trace = new Trace(hex(32, chance), at, chance)
  const stock = trace.span(null, 'inventory', path === '/checkout' ? 'reserve item' : 'read shelf', 2, {})
  const query = trace.span(stock, 'inventory', 'SELECT stock', 3, { 'db.system.name': 'postgresql', 'db.collection.name': 'stock' })
  query.ms = broken ? 2000 + chance() * 900 : latency(9 * slow, chance)
  stock.ms = query.start + query.ms - stock.start + latency(1.5, chance)
  if (broken) query.failed = stock.failed = 'connection to stock-db timed out'
  const declined = !broken && path === '/checkout' && chance() < 0.03
  const charge = path === '/checkout' && !broken ? trace.span(null, 'payments', 'charge card', 2, { 'payment.currency': 'EUR' }) : null
  if (charge) {
    charge.start = stock.start + stock.ms + 0.4
    charge.ms = latency(85, chance)
    if (declined) charge.failed = 'card declined'
  }
  const status = broken ? 503 : declined ? 402 : 200
  const ms = (charge ?? stock).start + (charge ?? stock).ms - at + latency(3, chance)
  const root = trace.span(null, 'web', route, 2, { 'http.request.method': method, 'url.path': path, 'http.response.status_code': status })
  root.ms = ms
  root.start = at
  if (status >= 500) root.failed = `${status}`
  stock.parent = root.spanId
  if (charge) charge.parent = root.spanId
  const order = path === '/checkout' && status === 200 ? Math.round(900 + chance() * 8000) / 100 : 0
  const said = (span: ShopSpan, level: string, message: string, more: Record<string, unknown>): ShopLog => ({
    dt: new Date(span.start + span.ms).toISOString(),
    level,
    message,
    service: span.service,
    trace_id: span.traceId,
    span_id: span.spanId,
    ...more,
  })
  const logs = [
    said(root, status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info', `${method} ${path} ${status}`, {
      status,
      duration_ms: Math.round(ms * 10) / 10,
      user_agent: agents[Math.floor(chance() * agents.length)],
    }),
  ]
  if (broken) logs.push(said(query, 'error', 'stock-db did not answer in 2 s: connection timed out', { database: 'stock-db', item }))
  if (!broken && slow > 1) logs.push(said(query, 'warn', `slow query: ${Math.round(query.ms)} ms`, { database: 'stock-db', rows: 4211 }))
  if (charge) logs.push(said(charge, declined ? 'warn' : 'info', declined ? 'card declined' : 'card charged', { amount: order, item }))
  return { spans: [root, stock, query, ...(charge ? [charge] : [])], logs, route, status, ms, order }
}

class Trace {
  private readonly id: string
  private readonly at: number
  private readonly chance: Chance
  constructor(id: string, at: number, chance: Chance) {
    this.id = id
    this.at = at
    this.chance = chance
  }
  span(parent: ShopSpan | null, service: string, name: string, kind: ShopSpan['kind'], attributes: ShopSpan['attributes']): ShopSpan {
    const start = (parent?.start ?? this.at) + 0.3 + this.chance()
    return { traceId: this.id, spanId: hex(16, this.chance), parent: parent?.spanId ?? null, service, name, kind, start, ms: 0, failed: null, attributes } // biome-ignore format: one thought
  }
}

function pick<T>(among: readonly (readonly [T, number])[], chance: Chance): T {
  let left = chance()
  for (const [value, share] of among) {
    left -= share
    if (left < 0) return value
  }
  return among[0]![0]
}

/** Around `median`, skewed to the slow side as latencies are. */
const latency = (median: number, chance: Chance): number =>
  median * Math.exp(0.45 * Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance()))

const hex = (digits: number, chance: Chance): string =>
  Array.from({ length: digits }, () => Math.floor(chance() * 16).toString(16)).join('')
