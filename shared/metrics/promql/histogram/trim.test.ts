import { expect, test } from 'vitest'
import { parseHistogram } from '../script/values.ts'
import { describeHistogram } from './text.ts'
import { type Side, trim } from './trim.ts'

const f = (text: string, at: number, side: Side) => describeHistogram(trim(parseHistogram(text).histogram, at, side))

test.each<[string, string, number, Side, string]>([
  ['whole buckets stay', 'count:4 sum:9 offset:1 buckets:[2 2]', 4, 'below', '{{count:4 sum:9 offset:1 buckets:[2 2]}}'],
  [
    'whole buckets go',
    'schema:-53 count:4 sum:9 custom_values:[1 3 5] buckets:[1 2 1]',
    3,
    'below',
    '{{schema:-53 count:3 sum:4.5 custom_values:[1 3 5] buckets:[1 2]}}',
  ],
  [
    'a custom bucket is split linearly',
    'schema:-53 count:4 sum:8 custom_values:[1 3] buckets:[0 4]',
    2,
    'below',
    '{{schema:-53 count:2 sum:3 custom_values:[1 3] offset:1 buckets:[2]}}',
  ],
  [
    'the other half',
    'schema:-53 count:4 sum:8 custom_values:[1 3] buckets:[0 4]',
    2,
    'above',
    '{{schema:-53 count:2 sum:5 custom_values:[1 3] offset:1 buckets:[2]}}',
  ],
  ['the zero bucket is split linearly', 'count:4 sum:0 z_bucket:4 z_bucket_w:1', 0, 'above', '{{count:2 sum:1 z_bucket:2 z_bucket_w:1}}'],
  [
    'the last bucket lies at its bound',
    'schema:-53 count:2 sum:9 custom_values:[3] buckets:[0 2]',
    2,
    'above',
    '{{schema:-53 count:2 sum:9 custom_values:[3] offset:1 buckets:[2]}}',
  ],
  ['nothing is left below', 'count:4 sum:9 offset:1 buckets:[4]', 0, 'below', '{{}}'],
])('%s', (_, text, at, side, expected) => {
  expect(f(text, at, side)).toBe(expected)
})

test('the two parts of an exponential bucket make up the whole', () => {
  const { histogram } = parseHistogram('count:4 sum:6 offset:1 buckets:[4]')
  const below = trim(histogram, Math.SQRT2, 'below')
  const above = trim(histogram, Math.SQRT2, 'above')
  expect(below.count).toBeCloseTo(2, 12)
  expect(above.count).toBeCloseTo(2, 12)
  expect(below.sum / below.count).toBeCloseTo(2 ** 0.25, 12)
})
