import { expect, test } from 'vitest'
import type { Limits } from './limits.ts'
import { type QueryOptions, queryInstant, queryRange } from './query.ts'
import { loadScript } from './script/run-script.ts'
import type { Storage } from './series.ts'

const storage = loadScript(`
  load 1m
    up{job="a"} 0 1 2 3 4 5
    up{job="b"} 9 _x3 1 stale
`)
const range = (query: string, options?: QueryOptions) => queryRange(query, { start: 0, end: 300_000, step: 60_000 }, storage, options)
const limited = (limits: Partial<Limits>, now = () => 0) => ({ limits, now })
const failure = (answer: Promise<unknown>) =>
  answer.then(
    () => null,
    (e) => [e.name, e.type, e.message],
  )

test('an instant query answers with the type of its expression', async () => {
  expect(await queryInstant('1 + 1', 5000, storage)).toEqual({ type: 'scalar', at: 5000, value: 2, warnings: [], infos: [] })
  expect(await queryInstant('("a")', 5000, storage)).toMatchObject({ type: 'string', value: 'a' })
  const vector = await queryInstant('up{job="a"}', 60_000, storage)
  expect(vector.type === 'vector' && vector.samples.map((s) => [s.labels.toString(), s.at, s.value])).toEqual([
    ['{__name__="up", job="a"}', 60_000, 1],
  ])
  const matrix = await queryInstant('up{job="a"}[2m]', 120_000, storage)
  expect(matrix.type === 'matrix' && matrix.series.map((s) => [[...s.times], [...s.values]])).toEqual([
    [
      [60_000, 120_000],
      [1, 2],
    ],
  ])
})

test('a range query answers with a matrix, sorted by labels, without series that have no samples', async () => {
  const answer = await range('{__name__="up"} > 3')
  expect(answer.type === 'matrix' && answer.series.map((s) => [s.labels.get('job'), [...s.times], [...s.values]])).toEqual([
    ['a', [240_000, 300_000], [4, 5]],
    ['b', [0, 60_000, 120_000, 180_000], [9, 9, 9, 9]],
  ])
})

test('a stale marker ends a series at once, age after the lookback', async () => {
  const answer = await queryInstant('up{job="b"}', 300_000, storage)
  expect(answer.type === 'vector' && answer.samples).toEqual([])
  const old = await queryInstant('up{job="a"}', 600_000, storage)
  expect(old.type === 'vector' && old.samples).toEqual([])
  const longer = await queryInstant('up{job="a"}', 600_000, storage, { lookbackMs: 600_000 })
  expect(longer.type === 'vector' && longer.samples.map((s) => s.value)).toEqual([5])
})

test('warnings and infos come with the answer', async () => {
  expect(await queryInstant('quantile(2, up)', 0, storage)).toMatchObject({
    warnings: ['PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)'],
  })
})

test('more than 11,000 points per series are refused before anything is read', async () => {
  expect(await failure(queryRange('up', { start: 0, end: 11_001_000, step: 1000 }, storage))).toEqual([
    'PromqlQueryError',
    'bad_data',
    'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
  ])
  expect(await failure(queryRange('up', { start: 0, end: 11_000_000, step: 1000 }, storage))).toBeNull()
})

test('times that make no range are refused', async () => {
  expect((await failure(queryRange('up', { start: 0, end: 1, step: 0 }, storage)))?.[2]).toMatch(/^zero or negative query resolution/)
  expect((await failure(queryRange('up', { start: 1, end: 0, step: 1 }, storage)))?.[2]).toBe('end timestamp must not be before start time')
  expect((await failure(range('up[5m]')))?.[2]).toBe(
    'invalid expression type "range vector" for range query, must be Scalar or instant Vector',
  )
})

test('too many samples, series or milliseconds end a query', async () => {
  const tooMany = 'query processing would load too many samples into memory in query execution'
  expect(await failure(range('up', limited({ samplesMax: 5 })))).toEqual(['PromqlQueryError', 'execution', tooMany])
  expect(await failure(range('up', limited({ samplesMax: 50 })))).toBeNull()
  expect(await failure(range('up', limited({ seriesMax: 1 })))).toEqual([
    'PromqlQueryError',
    'execution',
    'query would select 2 series, more than the 1 one selector may',
  ])
  expect(
    await failure(
      range(
        'up',
        limited({ deadlineAt: 1000 }, () => 1001),
      ),
    ),
  ).toEqual(['PromqlQueryError', 'timeout', 'query timed out in expression evaluation'])
  expect(
    await failure(
      range(
        'up',
        limited({ deadlineAt: 1000 }, () => 1000),
      ),
    ),
  ).toBeNull()
})

test.each(['count_over_time(vector(1)[1d:1s])', 'count_over_time(up[1d:1s])', 'sum_over_time(vector(time())[100y:1ms])'])(
  '%s would hold too many samples and says so before it allocates them',
  async (query) => {
    expect((await failure(range(query, limited({ samplesMax: 10_000 }))))?.[2]).toMatch(/too many samples/)
  },
)

test('a storage is asked once for equal selections and told what they are for', async () => {
  const asked: unknown[] = []
  const watched = {
    select: (...[matchers, from, to, hints]: Parameters<Storage['select']>) => {
      asked.push([matchers.length, from, to, hints])
      return storage.select(matchers, from, to)
    },
  }
  await queryRange('sum by (job) (rate(up[5m])) / sum by (job) (rate(up[5m]))', { start: 600_000, end: 900_000, step: 60_000 }, watched)
  expect(asked).toEqual([[1, 300_001, 900_000, { stepMs: 60_000, rangeMs: 300_000, func: 'rate', grouping: [], by: false }]])
})
