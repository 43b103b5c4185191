import { expect, test } from 'vitest'
import { emptyHistogram } from './histogram/histogram.ts'
import { Labels } from './labels.ts'
import { matcher } from './matcher.ts'
import { MemoryStorage } from './memory.ts'
import { FLOAT, HISTOGRAM, STALE } from './series.ts'

const up = (job: string) => Labels.of({ __name__: 'up', job })
const named = [matcher('__name__', '=', 'up')]

test('selects by matchers and by time, both ends included', async () => {
  const storage = new MemoryStorage()
  storage.append(
    up('b'),
    [1, 2, 3, 4].map((value) => ({ at: value * 1000, value })),
  )
  storage.append(up('a'), [{ at: 9000, value: 1 }])
  storage.append(Labels.of({ __name__: 'down' }), [{ at: 2000, value: 1 }])
  const found = await storage.select(named, 2000, 3000)
  expect(found.map((s) => [s.labels.get('job'), [...s.times], [...s.values]])).toEqual([['b', [2000, 3000], [2, 3]]])
  expect((await storage.select(named, 0, 9000)).map((s) => s.labels.get('job'))).toEqual(['a', 'b'])
})

test('a sample at a known time replaces it, samples may come in any order', async () => {
  const storage = new MemoryStorage()
  storage.append(up('a'), [
    { at: 2000, value: 2 },
    { at: 1000, value: 1 },
  ])
  storage.append(up('a'), [{ at: 2000, value: 5 }])
  const [series] = await storage.select(named, 0, 5000)
  expect([[...(series?.times ?? [])], [...(series?.values ?? [])]]).toEqual([
    [1000, 2000],
    [1, 5],
  ])
  expect([series?.kinds, series?.histograms, series?.starts]).toEqual([null, null, null])
})

test('stale markers, histograms and start times have columns of their own', async () => {
  const storage = new MemoryStorage()
  const h = emptyHistogram()
  storage.append(up('a'), [
    { at: 1, value: 1, start: 1 },
    { at: 2, value: 'stale' },
    { at: 3, value: h },
  ])
  const [series] = await storage.select(named, 0, 5)
  expect([...(series?.kinds ?? [])]).toEqual([FLOAT, STALE, HISTOGRAM])
  expect(series?.histograms).toEqual([undefined, undefined, h])
  expect([...(series?.starts ?? [])]).toEqual([1, 0, 0])
})
