import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { unnest } from './unnest.ts'

test.each([
  [
    '.hosts = [1, 2]; unnest!(.hosts)',
    '[{"hosts":1,"list":[1,2],"n":7,"object":{"a b":null},"ratio":0.5,"text":"abc"},{"hosts":2,"list":[1,2],"n":7,"object":{"a b":null},"ratio":0.5,"text":"abc"}]',
  ],
  ['unnest!(.text)', 'error: expected array, got string'],
])('%s', (source, expected) => {
  expect(evaluate([unnest], source, { event: { text: 'abc', n: 7, ratio: 0.5, list: [1, 2], object: { 'a b': null } } })).toBe(expected)
})
