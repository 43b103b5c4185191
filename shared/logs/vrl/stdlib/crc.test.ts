import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { crc } from './crc.ts'

test.each([
  ['crc!("123456789")', '"3421780262"'],
  ['crc!("123456789", "CRC_16_ARC")', '"47933"'],
  ['crc!("123456789", "CRC_99")', 'error: Invalid CRC algorithm: CRC_99'],
])('%s', (source, expected) => {
  expect(evaluate([crc], source)).toBe(expected)
})
