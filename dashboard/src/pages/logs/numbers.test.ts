import { expect, test } from 'vitest'
import { bytes, percent, took } from './numbers.ts'

test.each([
  [0, '0 %'],
  [0.0004, '< 0.1 %'],
  [0.004, '0.4 %'],
  [0.64, '64 %'],
  [0.999, '99 %'],
  [1, '100 %'],
])('a share of %d is %s', (share, text) => {
  expect(percent(share)).toBe(text)
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 KB'],
  [1_180_000_000, '1.18 GB'],
  [999_600, '1 MB'],
])('%d bytes are %s', (n, text) => {
  expect(bytes(n)).toBe(text)
})

test.each([
  [0, '0 ms'],
  [0.0123, '0.012 ms'],
  [0.00001, '< 1 µs'],
  [9.94, '9.9 ms'],
  [68.4, '68 ms'],
  [4021, '4.02 s'],
  [12_340, '12.3 s'],
  [92_000, '1 m 32 s'],
  [119_900, '2 m 00 s'],
])('%d ms are %s', (ms, text) => {
  expect(took(ms)).toBe(text)
})
