import { expect, test } from 'vitest'
import { aSource, type GivenSource } from './given.ts'

const STEP_MS = 15_000
const POINTS = 20
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)

/** The same growth told in both temporalities: a point every 15 s, the last at `end`. */
function points(end: number, deltas: number[], of: (n: number) => object) {
  const cumulative = { aggregationTemporality: 2, dataPoints: [] as object[] }
  const delta = { aggregationTemporality: 1, dataPoints: [] as object[] }
  const first = end - deltas.length * STEP_MS
  deltas.forEach((n, i) => {
    const timeUnixNano = `${first + (i + 1) * STEP_MS}000000`
    cumulative.dataPoints.push({ startTimeUnixNano: `${first}000000`, timeUnixNano, ...of(sum(deltas.slice(0, i + 1))) })
    delta.dataPoints.push({ startTimeUnixNano: `${first + i * STEP_MS}000000`, timeUnixNano, ...of(n) })
  })
  return { cumulative, delta }
}

const send = async (given: GivenSource, metrics: object[]) => {
  const body = JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] })
  expect((await given.send('/v1/metrics', body, { 'content-type': 'application/json' })).status).toBe(200)
}
/** The value of a query that has one series; NaN when it has another number of them. */
const ask = async (given: GivenSource, query: string, time: number): Promise<number> => {
  const { body } = await given.api('GET', `/prometheus/api/v1/query?${new URLSearchParams({ query, time: String(time / 1000) })}`)
  return body.data.result.length === 1 ? Number(body.data.result[0].value[1]) : Number.NaN
}
const ranges = (end: number) => [[120, end], [600, end], [60, end - 20_000], [285, end - 7000]] as const // biome-ignore format: a table

test.each([
  ['steady', () => 6, 0],
  ['of varying speed', (i: number) => ((i * 7) % 5) + 1, 5],
])('rate of a delta counter is that of the same counter told cumulatively: %s', async (_, grows, largest) => {
  const given = await aSource()
  const end = Math.floor(Date.now() / STEP_MS) * STEP_MS
  const deltas = Array.from({ length: POINTS }, (_, i) => grows(i))
  const hits = points(end, deltas, (n) => ({ asDouble: n }))
  const size = points(end, deltas, (n) => ({ count: `${3 * n}`, sum: 2 * n, bucketCounts: [`${n}`, `${2 * n}`], explicitBounds: [1] }))
  const wait = points(end, deltas, (n) => ({ count: `${n}`, sum: n, scale: 0, positive: { offset: 0, bucketCounts: [`${n}`] } }))
  const metrics = (['cumulative', 'delta'] as const).map((of) => [
    { name: `${of}.hits`, sum: { ...hits[of], isMonotonic: true } },
    { name: `${of}.size`, histogram: size[of] },
    { name: `${of}.wait`, exponentialHistogram: wait[of] },
  ])
  await send(given, metrics.flat())
  // a body that comes twice counts once
  await send(given, metrics[1]!)
  await given.samples(2 * 5 * POINTS)
  await given.stored('histograms', 2 * POINTS, 'at')
  const queries = [['hits_total', 1], ['size_bucket{le="1"}', 1], ['size_count', 3], ['size_sum', 2], ['wait', 1]] as const // biome-ignore format: a table
  for (const [seconds, at] of ranges(end))
    for (const [what, scale] of queries) {
      const rate = (of: string) => `rate(${of}_${what}[${seconds}s])`
      const shown = (of: string) => (what === 'wait' ? `histogram_count(${rate(of)})` : rate(of))
      const [cumulative, delta] = [await ask(given, shown('cumulative'), at), await ask(given, shown('delta'), at)]
      // what lies before the first point of a window is guessed, from the average in one and from that point in the other
      expect(Math.abs(delta - cumulative), `${what} over ${seconds} s`).toBeLessThanOrEqual((scale * largest) / seconds + 1e-9)
      expect(delta).toBeGreaterThan(0)
    }
  expect(await ask(given, 'increase(delta_hits_total[10m])', end)).toBeCloseTo(sum(deltas), 6)
})

test('a delta that does not say when it began counts whole', async () => {
  const given = await aSource()
  const end = Math.floor(Date.now() / STEP_MS) * STEP_MS
  const dataPoints = [5, 7, 7, 9].map((n, i) => ({ timeUnixNano: `${end - (3 - i) * STEP_MS}000000`, asInt: `${n}` }))
  await send(given, [{ name: 'bare', sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints } }])
  await given.samples(4)
  expect(await ask(given, 'resets(bare_total[5m])', end)).toBe(3)
})

test('deltas of what may fall stay deltas, and say so', async () => {
  const given = await aSource()
  const dataPoints = [{ timeUnixNano: `${Date.now()}000000`, asInt: '-3' }]
  await send(given, [{ name: 'queue', sum: { aggregationTemporality: 1, isMonotonic: false, dataPoints } }])
  expect(await given.samples(1)).toMatchObject([{ name: 'queue', labels: { __temporality__: 'delta' }, value: -3 }])
})
