import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { sha3 } from './sha3.ts'

test.each([
  ['sha3("a", variant: "SHA3-256")', '"80084bf2fba02475726feb2cab2d8215eab14bc6bdd8bfb2c8151257032ecd8b"'],
  [
    'sha3("", variant: "SHA3-512")',
    '"a69f73cca23a9ac5c8b567dc185a756e97c982164fe25859e0d1dcc1475c80a615b2123af1f5f94c11e3e9402c3ac558f500199d95b6d3e301758586281dcd26"',
  ],
])('%s', (source, expected) => {
  expect(evaluate([sha3], source)).toBe(expected)
})
