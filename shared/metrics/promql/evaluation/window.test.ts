import { expect, test } from 'vitest'
import { emptyHistogram } from '../histogram/histogram.ts'
import { Labels } from '../labels.ts'
import { FLOAT, HISTOGRAM, STALE } from '../series.ts'
import { eachWindow, floatsOf, histogramsOf, type RangeVector, rangeSeries } from './window.ts'

const series = rangeSeries({
  labels: Labels.none,
  times: Float64Array.of(0, 10, 20, 30, 40),
  values: Float64Array.of(0, 1, 2, 3, 4),
  kinds: null,
  histograms: null,
  starts: null,
})
const vector: RangeVector = { series: [series], rangeMs: 20, endOf: (step) => step * 10, extended: null, lookbackMs: 15 }

function windows(of: RangeVector, steps: number) {
  const seen: [step: number, floats: number[]][] = []
  eachWindow(of, series, steps, (w, step) => seen.push([step, [...floatsOf(w)]]))
  return seen
}

test('a window is open on the left and closed on the right; empty ones are not visited', () => {
  expect(windows(vector, 8)).toEqual([
    [0, [0]],
    [1, [0, 1]],
    [2, [1, 2]],
    [3, [2, 3]],
    [4, [3, 4]],
    [5, [4]],
  ])
})

test('an anchored window reaches back by the lookback, a smoothed one forward too', () => {
  expect(windows({ ...vector, extended: 'anchored', endOf: () => 30 }, 1)).toEqual([[0, [0, 1, 2, 3]]])
  expect(windows({ ...vector, extended: 'smoothed', endOf: () => 20 }, 1)).toEqual([[0, [0, 1, 2, 3]]])
})

test('floats and histograms are kept apart, stale markers left out', () => {
  const h = emptyHistogram()
  const mixed = rangeSeries({
    labels: Labels.none,
    times: Float64Array.of(0, 10, 20),
    values: Float64Array.of(1, 0, 0),
    kinds: Uint8Array.of(FLOAT, STALE, HISTOGRAM),
    histograms: [undefined, undefined, h],
    starts: Float64Array.of(7, 8, 9),
  })
  expect([[...mixed.floatTimes], [...mixed.histogramTimes], [...(mixed.floatStarts ?? [])], [...(mixed.histogramStarts ?? [])]]).toEqual([
    [0],
    [20],
    [7],
    [9],
  ])
  eachWindow({ ...vector, endOf: () => 20, rangeMs: 30 }, mixed, 1, (w) => {
    expect([[...floatsOf(w)], histogramsOf(w)]).toEqual([[1], [h]])
  })
})
