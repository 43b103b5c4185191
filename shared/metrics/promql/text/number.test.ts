import { expect, test } from 'vitest'
import { formatF, formatG, formatOpenMetrics, goMax, goMin, goPow, parseNumber } from './number.ts'

const { NaN: nan, POSITIVE_INFINITY: inf, NEGATIVE_INFINITY: negativeInf } = Number

test.each([
  ['1', 1],
  ['-1.5e3', -1500],
  ['.5', 0.5],
  ['5.', 5],
  ['1_000', 1000],
  ['0x1F', 31],
  ['0b11', 3],
  ['0o17', 15],
  ['017', 15],
  ['Inf', inf],
  ['-infinity', negativeInf],
  ['nan', nan],
  ['', null],
  ['1__0', null],
  ['_1', null],
  ['1e', null],
  ['0xg', null],
])('%s reads as %s', (text, value) => {
  expect(parseNumber(text)).toBe(value)
})

test.each([
  [0, '0', '0', '0.0'],
  [-0, '-0', '-0', '0.0'],
  [1, '1', '1', '1.0'],
  [0.1, '0.1', '0.1', '0.1'],
  [123_456, '123456', '123456', '123456.0'],
  [1_000_000, '1e+06', '1000000', '1e+06'],
  [0.0001, '0.0001', '0.0001', '0.0001'],
  [0.00001, '1e-05', '0.00001', '1e-05'],
  [-1.5e300, '-1.5e+300', `-15${'0'.repeat(299)}`, '-1.5e+300'],
  [nan, 'NaN', 'NaN', 'NaN'],
  [inf, '+Inf', '+Inf', '+Inf'],
  [negativeInf, '-Inf', '-Inf', '-Inf'],
])('%d is written %s in messages, %s in expressions and %s in labels', (value, g, f, label) => {
  expect([formatG(value), formatF(value), formatOpenMetrics(value)]).toEqual([g, f, label])
})

test('what is written reads as the same number', () => {
  for (const value of [1 / 3, 2 ** 60, 1e21, 5e-324, 1.7976931348623157e308]) {
    expect(parseNumber(formatG(value))).toBe(value)
    expect(parseNumber(formatF(value))).toBe(value)
  }
})

test('powers, minima and maxima at infinities are as in Go', () => {
  expect([goPow(1, nan), goPow(-1, inf), goPow(nan, 0), goPow(2, 10)]).toEqual([1, 1, 1, 1024])
  expect([goMax(inf, nan), goMax(1, nan), goMin(nan, negativeInf), goMin(1, 2)]).toEqual([inf, nan, negativeInf, 1])
})
