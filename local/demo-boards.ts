import type { Ask } from './demo-data.ts'

const at = (x: number, y: number, w: number, h: number) => ({ x, y, w, h })
const query = (expr: string, legend = '', ref = 'A') => ({ ref, expr, legend })
const requests = 'shop_requests_total{route=~"$route"}'
const slow = (share: number) =>
  `histogram_quantile(${share}, sum by (le) (rate(shop_request_duration_seconds_bucket{route=~"$route"}[$__rate_interval])))`

/** The demo shop's board and two alerts over what the shop tells of itself, made through the API as anybody would. */
export async function seedBoards(ask: Ask): Promise<void> {
  const panels = [
    { id: 'p1', title: 'Requests', type: 'stat', unit: 'per_second', queries: [query(`sum(rate(${requests}[$__rate_interval]))`)], position: at(0, 0, 6, 4) },
    {
      id: 'p2', title: 'Errors', type: 'stat', unit: 'share', position: at(6, 0, 6, 4), thresholds: [{ value: 0.05, tone: 'warn' }, { value: 0.2, tone: 'down' }],
      queries: [query(`sum(rate(shop_requests_total{route=~"$route",status=~"5.."}[$__rate_interval])) / sum(rate(${requests}[$__rate_interval])) or vector(0)`)],
    },
    { id: 'p3', title: 'Orders in the last hour', type: 'stat', unit: 'short', decimals: 0, queries: [query('increase(shop_orders_total[1h])')], position: at(12, 0, 6, 4) },
    { id: 'p4', title: 'Open carts', type: 'gauge', unit: 'short', decimals: 0, min: 0, max: 30, thresholds: [{ value: 20, tone: 'warn' }, { value: 26, tone: 'down' }], queries: [query('shop_carts_open')], position: at(18, 0, 6, 4) },
    { id: 'p5', title: 'Requests by route', type: 'timeseries', unit: 'per_second', stacked: true, queries: [query(`sum by (route) (rate(${requests}[$__rate_interval]))`, '{{route}}')], position: at(0, 4, 12, 9) },
    {
      id: 'p6', title: 'Time to answer', type: 'timeseries', unit: 'seconds', thresholds: [{ value: 1, tone: 'warn' }], position: at(12, 4, 12, 9),
      queries: [query(slow(0.5), 'p50'), query(slow(0.95), 'p95', 'B'), query(slow(0.99), 'p99', 'C')],
    },
    { id: 'p7', title: 'Where the time goes', type: 'heatmap', unit: 'per_second', queries: [query(`sum by (le) (rate(shop_request_duration_seconds_bucket{route=~"$route"}[$__rate_interval]))`)], position: at(0, 13, 12, 8), section: 'In detail' },
    { id: 'p8', title: 'Requests in this range', type: 'bar', unit: 'short', decimals: 0, queries: [{ ...query('sum by (route) (increase(shop_requests_total[$__range]))', '{{route}}'), instant: true }], position: at(12, 13, 6, 8), section: 'In detail' },
    { id: 'p9', title: 'By route and status', type: 'table', unit: 'short', decimals: 0, queries: [{ ...query('sum by (route, status) (increase(shop_requests_total[$__range]))'), instant: true }], position: at(18, 13, 6, 8), section: 'In detail' },
    { id: 'p10', title: 'About', type: 'text', queries: [], text: 'The **demo shop** tells of itself by OpenTelemetry. Break it under Start, and watch the errors rise.', position: at(0, 21, 24, 3), section: 'In detail' },
  ] // biome-ignore format: a panel a line or two
  const variables = [
    { name: 'route', label: 'Route', type: 'query', label_name: 'route', match: 'shop_requests_total', multi: true, include_all: true },
  ]
  const board = {
    name: 'Demo shop',
    description: 'What the demo shop does, and how fast.',
    panels,
    variables,
    date_range_from: '-1h',
    refresh_interval: 30,
  }
  await ask('POST', '/api/metrics/dashboards', board, 'board')
  const errors = 'sum(rate(shop_requests_total{status=~"5.."}[5m])) / sum(rate(shop_requests_total[5m]))'
  const summary = '{{ $value | humanizePercentage }} of the shop’s requests fail'
  const failing = {
    name: 'Shop requests fail',
    query: errors,
    condition: 'GT',
    threshold: 0.3,
    for: 120,
    check_period: 30,
    severity: 'SEV3',
    annotations: { summary },
  }
  await ask('POST', '/api/metrics/alerts', failing, 'alert-errors')
  const late = 'histogram_quantile(0.95, sum by (le) (rate(shop_request_duration_seconds_bucket[5m])))'
  await ask(
    'POST',
    '/api/metrics/alerts',
    { name: 'Shop is slow', query: late, condition: 'GT', threshold: 2, for: 300, check_period: 30, severity: 'SEV4' },
    'alert-slow',
  )
}
