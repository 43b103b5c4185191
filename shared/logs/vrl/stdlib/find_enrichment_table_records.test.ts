import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { find_enrichment_table_records } from './find_enrichment_table_records.ts'

test.each([
  ['find_enrichment_table_records!("hosts", { "zone": "eu" })', '[{"name":"a","zone":"eu"},{"name":"b","zone":"eu"}]'],
  ['find_enrichment_table_records!("hosts", { "zone": "EU" }, ["name"], case_sensitive: false)', '[{"name":"a"},{"name":"b"}]'],
  ['find_enrichment_table_records!("nowhere", { "id": 1 })', 'error: table nowhere not loaded'],
])('%s', (source, expected) => {
  expect(
    evaluate([find_enrichment_table_records], source, {
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
