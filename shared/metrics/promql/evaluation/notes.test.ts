import { expect, test } from 'vitest'
import { Notes, say } from './notes.ts'

const span = { start: 4, end: 5 }

test('each thing is said once, with the last place', () => {
  const notes = new Notes()
  for (const at of [span, span, { start: 7, end: 8 }]) notes.add(say.maybeNotCounter('x')(at))
  notes.add(say.badQuantile(2)(span))
  expect(notes.render('abc\nabcdef')).toEqual({
    warnings: ['PromQL warning: quantile value should be between 0 and 1, got 2 (2:1)'],
    infos: ['PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "x" (2:4)'],
  })
})

test('mended buckets are told once per metric, with their extent over all times', () => {
  const notes = new Notes()
  notes.forcedMonotonicity(span, 'm', 60_000, { minBucket: 2, maxBucket: 2, maxDiff: 1.234 })
  notes.forcedMonotonicity(span, 'm', 0, { minBucket: 1, maxBucket: 4, maxDiff: 0.5 })
  expect(notes.render('abcdef').infos).toEqual([
    expect.stringMatching(
      /for metric name "m", from buckets 1 to 4, with a max diff of 1.2, over 2 samples from 1970-01-01T00:00:00Z to 1970-01-01T00:01:00Z \(1:5\)$/,
    ),
  ])
})
