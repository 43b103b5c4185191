import { expect, test } from 'vitest'
import { plotted, SERIES_MAX } from './plotted.ts'

const answer = (types: Record<string, string>, data: Record<string, unknown>[]) => ({
  columns: Object.entries(types).map(([name, type]) => ({ name, type })),
  data,
  statistics: { rows_read: 0, bytes_read: 0, elapsed_ms: 0 },
  cached: false,
})
const [T0, T1] = ['2026-11-23T10:00:00Z', '2026-11-23T10:01:00Z']
const at = Date.parse(T0)

test('a column of time is the axis, text names the lines, the largest comes first', () => {
  const rows = [
    { minute: T1, level: 'info', lines: 7 },
    { minute: T1, level: 'error', lines: 90 },
    { minute: T0, level: 'info', lines: '5' },
  ]
  expect(plotted(answer({ minute: "DateTime('UTC')", level: 'LowCardinality(String)', lines: 'UInt64' }, rows))).toEqual({
    series: [
      { name: 'error', colour: 1, points: [{ at: at + 60_000, value: 90 }] },
      { name: 'info', colour: 2, points: [{ at, value: 5 }, { at: at + 60_000, value: 7 }] }, // biome-ignore format: points
    ],
    found: 2,
    from: at,
    to: at + 60_000,
    stepMs: 60_000,
  })
})

test('several numbers are several lines; what is null is a gap', () => {
  const rows = [
    { t: T0, a: 1, b: null },
    { t: T1, a: 2, b: 3 },
  ]
  const found = plotted(answer({ t: 'DateTime64(3)', a: 'Nullable(Float64)', b: 'Int32' }, rows))
  expect(found!.series.map((s) => s.name).sort()).toEqual(['a', 'b'])
  expect(found!.series.find((s) => s.name === 'b')!.points[0]).toEqual({ at, value: null })
})

test('without a time, without a number, or at one instant there is nothing to draw', () => {
  expect(plotted(answer({ a: 'UInt8' }, [{ a: 1 }]))).toBeNull()
  expect(plotted(answer({ t: 'Date', s: 'String' }, [{ t: '2026-11-23', s: 'x' }]))).toBeNull()
  expect(plotted(answer({ t: 'Date', n: 'UInt8' }, [{ t: '2026-11-23', n: 1 }]))).toBeNull()
})

test('of very many lines the largest are drawn, and it is known how many there are', () => {
  const rows = Array.from({ length: 100 }, (_, i) => ({ t: i % 2 ? T0 : T1, name: `s${i >> 1}`, n: i }))
  const found = plotted(answer({ t: 'DateTime', name: 'String', n: 'UInt32' }, rows))!
  expect([found.series.length, found.found]).toEqual([SERIES_MAX, 50])
})
