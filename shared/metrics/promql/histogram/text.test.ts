import { expect, test } from 'vitest'
import { parseHistogram } from '../script/values.ts'
import { describeHistogram, printHistogram } from './text.ts'

test.each([
  ['count:10 sum:5 offset:1 buckets:[3 0 7]', '{count:10, sum:5, (1,2]:3, (4,8]:7}'],
  ['count:6 sum:-1 z_bucket:2 z_bucket_w:0.5 n_buckets:[1 3]', '{count:6, sum:-1, [-2,-1):3, [-1,-0.5):1, [-0.5,0.5]:2}'],
  ['schema:-53 count:3 sum:4 custom_values:[1.5] buckets:[1 2]', '{count:3, sum:4, [-Inf,1.5]:1, (1.5,+Inf]:2}'],
])('{{%s}} as a label value', (text, printed) => {
  expect(printHistogram(parseHistogram(text).histogram)).toBe(printed)
})

test('what scripts write reads as the same histogram', () => {
  for (const text of [
    '{{}}',
    '{{schema:1 count:22 sum:3 z_bucket:1 z_bucket_w:0.1 counter_reset_hint:gauge offset:-2 buckets:[5 0 7] n_buckets:[1]}}',
  ]) {
    expect(describeHistogram(parseHistogram(text.slice(2, -2)).histogram)).toBe(text)
  }
})
