import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, float, type Text, text } from '../value.ts'

const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E']
const names = ['B', 'kiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB']

export const parse_bytes = define({
  name: 'parse_bytes',
  summary: 'A size such as `1.5GiB` in a unit of your choice.',
  parameters: [textValue, required('unit', kind.bytes, names), optional('base', kind.bytes, ['2', '10'])],
  returns: kind.float,
  fails: true,
  run: (_, value: Text, unit: Text, base: Text = '2') => {
    const m = /^\s*((?:\d*\.)?\d+)\s?([a-zA-Z]{1,3})\s*$/.exec(text(value))
    if (!m) return fail(`unable to parse bytes: '${text(value)}'`)
    const from = factor(m[2]!, text(base)) ?? fail(`unknown bytes format: '${m[2]}'`)
    const to = factor(text(unit), text(base)) ?? fail(`unknown unit format: '${text(unit)}'`)
    return float((Number(m[1]) * from) / to)
  },
  example: { source: 'parse_bytes!("1.5KiB", "B")', result: 1536.0 },
})

/** Binary prefixes are powers of 1024; decimal ones too, unless the base is ten. */
function factor(unit: string, base: string): number | undefined {
  const m = /^([kKMGTPE]?)(i?)B?$/.exec(unit)
  if (!m || unit === '') return undefined
  return (base === '10' && m[2] === '' ? 1000 : 1024) ** prefixes.indexOf(m[1] === 'K' ? 'k' : m[1]!)
}
