import { expect, test } from 'vitest'
import { levelOf } from './level.ts'

test.each([
  ['error', 'ERR', 'error'],
  ['ERROR', 'ERR', 'error'],
  ['critical', 'FTL', 'error'],
  ['warning', 'WRN', 'warn'],
  ['warn', 'WRN', 'warn'],
  ['INFO', 'INF', 'info'],
  ['notice', 'INF', 'info'],
  ['debug', 'DBG', 'debug'],
  ['trace', 'TRC', 'debug'],
  ['audit', 'AUD', 'info'],
  ['', '–', 'info'],
])('level %j is %s', (level, letters, kind) => {
  expect(levelOf(level)).toEqual({ letters, kind })
})
