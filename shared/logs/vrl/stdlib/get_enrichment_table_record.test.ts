import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { get_enrichment_table_record } from './get_enrichment_table_record.ts'

test.each([
  ['get_enrichment_table_record!("hosts", { "name": "a" })', '{"name":"a","zone":"eu"}'],
  ['get_enrichment_table_record!("hosts", { "zone": "eu" })', 'error: more than 1 row found'],
  ['get_enrichment_table_record!("hosts", { "name": "z" })', 'error: no rows found'],
])('%s', (source, expected) => {
  expect(
    evaluate([get_enrichment_table_record], source, {
      context: {
        tables: {
          hosts: [
            { name: 'a', zone: 'eu' },
            { name: 'b', zone: 'eu' },
          ],
        },
      },
    }),
  ).toBe(expected)
})
