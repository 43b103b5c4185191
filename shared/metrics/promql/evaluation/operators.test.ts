import { expect, test } from 'vitest'
import { describeHistogram } from '../histogram/text.ts'
import { parseHistogram } from '../script/values.ts'
import type { BinaryOp } from '../syntax/ast.ts'
import { operate } from './operators.ts'

const { NaN: nan } = Number
const sample = (text: string | number) => (typeof text === 'number' ? text : parseHistogram(text).histogram)

function f(left: string | number, op: BinaryOp, right: string | number) {
  const { value, keep, note, failed } = operate(op, sample(left), sample(right))
  if (failed) return note?.({ start: 0, end: 0 }).text
  return [typeof value === 'object' ? describeHistogram(value) : value, keep]
}

test.each<[string | number, BinaryOp, string | number, unknown]>([
  [7, '%', 4, [3, true]],
  [-7, '%', 4, [-3, true]],
  [1, '/', 0, [Number.POSITIVE_INFINITY, true]],
  [0, '/', 0, [nan, true]],
  [1, '^', nan, [1, true]],
  [1, 'atan2', 1, [Math.PI / 4, true]],
  [1, '<', 2, [1, true]],
  [nan, '==', nan, [nan, false]],
  [nan, '!=', nan, [nan, true]],
  ['count:2 buckets:[2]', '*', 3, ['{{count:6 buckets:[6]}}', true]],
  [3, '*', 'count:2 buckets:[2]', ['{{count:6 buckets:[6]}}', true]],
  ['count:2 buckets:[2]', '/', 2, ['{{count:1 buckets:[1]}}', true]],
  ['count:3 buckets:[3]', '-', 'count:2 buckets:[2]', ['{{count:1 counter_reset_hint:gauge buckets:[1]}}', true]],
  ['count:3 buckets:[3]', '-', 'count:3 buckets:[3]', ['{{counter_reset_hint:gauge}}', true]],
  ['count:3', '==', 'count:3', ['{{count:3}}', true]],
  ['count:3', '!=', 'count:3', ['{{count:3}}', false]],
  [1, '/', 'count:3', 'incompatible sample types encountered for binary operator "/": float / histogram'],
  ['count:3', '+', 1, 'incompatible sample types encountered for binary operator "+": histogram + float'],
  ['count:3', '*', 'count:3', 'incompatible sample types encountered for binary operator "*": histogram * histogram'],
  ['count:3', '<', 'count:3', 'incompatible sample types encountered for binary operator "<": histogram < histogram'],
  ['count:3', '+', 'schema:-53 count:3 custom_values:[1]', 'incompatible bucket layout encountered for binary operator +'],
])('%s %s %s', (left, op, right, expected) => {
  expect(f(left, op, right)).toEqual(expected)
})
