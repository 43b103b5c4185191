import { expect, test } from 'vitest'
import { compareBytes, compareNaturally } from './order.ts'

test('strings order by their UTF-8 bytes', () => {
  expect(['b', 'a', '', 'ab', 'é', 'B', '😀', '\uff5e'].sort(compareBytes)).toEqual(['', 'B', 'a', 'ab', 'b', 'é', '\uff5e', '😀'])
})

test('runs of digits order as numbers', () => {
  expect(['node10', 'node2', 'node', 'node2a', 'a', '10', '9'].sort(compareNaturally)).toEqual([
    '9',
    '10',
    'a',
    'node',
    'node2',
    'node2a',
    'node10',
  ])
})
