import { expect, test } from 'vitest'
import { formatDuration, parseDuration } from './duration.ts'

test.each([
  ['0', 0],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['1y2w3d4h5m6s7ms', 365 * 86_400_000 + 17 * 86_400_000 + 14_400_000 + 306_007],
  ['90s', 90_000],
  ['', null],
  ['5', null],
  ['30m1h', null],
  ['1m1m', null],
  ['1.5h', null],
  ['-5m', null],
])('%s is %s ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each([
  [0, '0s'],
  [300_000, '5m'],
  [5_400_000, '1h30m'],
  [1_500, '1s500ms'],
  [7 * 86_400_000, '1w'],
  [8 * 86_400_000, '8d'],
  [365 * 86_400_000, '1y'],
  [-60_000, '-1m'],
])('%s ms is written %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})
