import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { md5 } from './md5.ts'

test.each([
  ['md5("a")', '"0cc175b9c0f1b6a831c399e269772661"'],
  ['md5("")', '"d41d8cd98f00b204e9800998ecf8427e"'],
])('%s', (source, expected) => {
  expect(evaluate([md5], source)).toBe(expected)
})
