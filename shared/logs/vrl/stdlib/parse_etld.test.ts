import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_etld } from './parse_etld.ts'

test.each([
  ['parse_etld!("blog.example.co.uk", plus_parts: 1)', '{"etld":"co.uk","etld_plus":"example.co.uk","known_suffix":true}'],
  ['parse_etld!("example.com")', '{"etld":"com","etld_plus":"com","known_suffix":true}'],
])('%s', (source, expected) => {
  expect(evaluate([parse_etld], source)).toBe(expected)
})
