import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { matchingRows, selected, tableRows } from '../lib/enrichment.ts'
import { type Fields, fail, type Text, text, type Value } from '../value.ts'

export const get_enrichment_table_record = define({
  name: 'get_enrichment_table_record',
  summary: 'The one row of a table the host provides that meets a condition.',
  parameters: [
    required('table', kind.bytes),
    required('condition', kind.anyObject),
    optional('select', kind.anyArray),
    optional('case_sensitive', kind.boolean),
    optional('wildcard', kind.bytes),
  ],
  returns: kind.anyObject,
  fails: true,
  run: (run, table: Text, condition: Fields, select?: Value[], caseSensitive: Value = true) => {
    const rows = tableRows(run, text(table))
    run.spend(rows.length >> 4)
    const [row, another] = matchingRows(rows, condition, caseSensitive === true)
    if (!row) return fail('no rows found')
    return another ? fail('more than 1 row found') : selected(row, select)
  },
  example: { source: 'get_enrichment_table_record("nowhere", { "id": 1 }) ?? {}', result: {} },
})
