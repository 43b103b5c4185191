import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { numberKind } from '../lib/parameters.ts'
import { decimals, type Int, isInteger, type Real, type Text, text, toBig, toNumber } from '../value.ts'

export const format_number = define({
  name: 'format_number',
  summary: 'Writes a number with a fixed scale and with separators of your choice.',
  parameters: [
    required('value', numberKind),
    optional('scale', kind.integer),
    optional('decimal_separator', kind.bytes),
    optional('grouping_separator', kind.bytes),
  ],
  returns: kind.bytes,
  run: (_, value: Int | Real, scale?: Int, decimal: Text = '.', grouping?: Text) => {
    const written = isInteger(value) ? toBig(value).toString() : decimals(toNumber(value))
    const sign = written.startsWith('-') ? '-' : ''
    const [whole = '', fraction = ''] = written.slice(sign.length).split('.')
    const places = scale === undefined ? undefined : Math.min(Math.max(0, toNumber(scale)), 1000)
    const kept = places === undefined ? fraction : fraction.slice(0, places).padEnd(places, '0')
    // the reference puts a separator before a whole group too: `,123,456`
    const grouped = grouping === undefined ? whole : whole.replace(/(?=(\d{3})+$)/g, text(grouping))
    return sign + grouped + (kept === '' ? '' : text(decimal) + kept)
  },
  example: { source: 'format_number(98765.4, 2, grouping_separator: " ")', result: '98 765.40' },
})
