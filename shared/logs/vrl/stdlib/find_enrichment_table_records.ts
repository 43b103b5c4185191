import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { matchingRows, selected, tableRows } from '../lib/enrichment.ts'
import { type Fields, type Text, text, type Value } from '../value.ts'

export const find_enrichment_table_records = define({
  name: 'find_enrichment_table_records',
  summary: 'All rows of a table the host provides that meet a condition.',
  parameters: [
    required('table', kind.bytes),
    required('condition', kind.anyObject),
    optional('select', kind.anyArray),
    optional('case_sensitive', kind.boolean),
    optional('wildcard', kind.bytes),
  ],
  returns: kind.arrayOf(kind.anyObject),
  fails: true,
  run: (run, table: Text, condition: Fields, select?: Value[], caseSensitive: Value = true) => {
    const rows = tableRows(run, text(table))
    run.spend(rows.length >> 4)
    return matchingRows(rows, condition, caseSensitive === true).map((r) => selected(r, select))
  },
  example: { source: 'find_enrichment_table_records("nowhere", { "id": 1 }) ?? []', result: [] },
})
