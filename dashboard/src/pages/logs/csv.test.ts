import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test('an answer is a table for spreadsheets, and never a formula', () => {
  expect(
    csvOf(
      ['a', 'b'],
      [
        { a: 'x, "y"', b: 1 },
        { a: '=1+1', b: null },
        { a: '-3.5', b: { k: [1] } },
        { a: 'two\nlines', b: -2 },
      ],
    ),
  ).toBe('a,b\r\n"x, ""y""",1\r\n\'=1+1,\r\n-3.5,"{""k"":[1]}"\r\n"two\nlines",-2\r\n')
})
