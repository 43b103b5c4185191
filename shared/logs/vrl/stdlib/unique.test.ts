import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { unique } from './unique.ts'

test.each([['unique([1, "1", 1, 1.0, [2], [2]])', '[1,"1",1.0,[2]]']])('%s', (source, expected) => {
  expect(evaluate([unique], source)).toBe(expected)
})
