import { expect, test } from 'vitest'
import { slugOf } from './slug.ts'

test.each([
  ['Kestrel Pay', 'kestrel-pay'],
  ['  Café Zürich & Söhne ', 'cafe-zurich-sohne'],
  ['Incidents', 'team-incidents'],
  ['a', 'team-a'],
  ['Team', 'team-team'],
  ['東京', 'team-1'],
  ['../../etc', 'etc'],
  ["'; DROP TABLE organization --", 'drop-table-organization'],
  [`x${'-'.repeat(80)}y`, 'x-y'],
  ['w'.repeat(90), 'w'.repeat(40)],
])('%s is %s in an address', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})

test('a second team of the same name gets another slug', () => {
  expect(slugOf('Kestrel Pay', '4f2a')).toBe('kestrel-pay-4f2a')
})
