import { expect, test } from 'vitest'
import { parseHistogram } from '../script/values.ts'
import { isReset } from './reset.ts'

const h = (text: string) => parseHistogram(text).histogram

test.each([
  ['more of everything', 'count:3 buckets:[1 2]', 'count:2 buckets:[1 1]', false],
  ['fewer observations', 'count:1 buckets:[1]', 'count:2 buckets:[2]', true],
  ['one bucket fell', 'count:5 buckets:[1 4]', 'count:4 buckets:[2 2]', true],
  ['a populated bucket vanished', 'count:5 offset:1 buckets:[5]', 'count:4 buckets:[1 3]', true],
  ['an empty bucket vanished', 'count:5 offset:1 buckets:[5]', 'count:3 buckets:[0 3]', false],
  ['the zero bucket fell', 'count:5 z_bucket:1', 'count:4 z_bucket:2', true],
  ['a coarser schema', 'count:5 buckets:[5]', 'schema:1 count:4 offset:-1 buckets:[2 2]', false],
  ['a finer schema', 'schema:1 count:5 buckets:[5]', 'count:4 buckets:[4]', true],
  ['a wider zero bucket', 'count:5 z_bucket:5 z_bucket_w:1', 'count:4 z_bucket:1 z_bucket_w:0.5 buckets:[3]', false],
  ['a narrower zero bucket', 'count:5 z_bucket:5 z_bucket_w:0.1', 'count:4 z_bucket:4 z_bucket_w:0.5', true],
  ['a zero bucket that cuts a populated one', 'count:5 z_bucket:5 z_bucket_w:1.5', 'count:4 z_bucket_w:1 buckets:[0 4]', true],
  ['said so', 'count:9 counter_reset_hint:reset', 'count:1', true],
  ['said not', 'count:1 counter_reset_hint:not_reset', 'count:9', false],
  ['custom after exponential', 'schema:-53 count:9 custom_values:[1] buckets:[9]', 'count:1 buckets:[1]', true],
  ['exponential after custom', 'count:9 buckets:[9]', 'schema:-53 count:1 custom_values:[1] buckets:[1]', true],
  [
    'other bounds, common ones grew',
    'schema:-53 count:9 custom_values:[1 5] buckets:[3 3 3]',
    'schema:-53 count:6 custom_values:[2 5] buckets:[3 3]',
    false,
  ],
  [
    'other bounds, a common one fell',
    'schema:-53 count:9 custom_values:[1 5] buckets:[1 1 7]',
    'schema:-53 count:6 custom_values:[2 5] buckets:[3 3]',
    true,
  ],
])('%s', (_, current, previous, reset) => {
  expect(isReset(h(current), h(previous))).toBe(reset)
})
