import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, float, type Text, text } from '../value.ts'

const seconds: Record<string, number> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  cs: 1e-2,
  ds: 1e-1,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
}

export const parse_duration = define({
  name: 'parse_duration',
  summary: 'A duration such as `1h30m` in a unit of your choice.',
  parameters: [textValue, required('unit', kind.bytes, Object.keys(seconds))],
  returns: kind.float,
  fails: true,
  run: (_, value: Text, unit: Text) => {
    const to = seconds[text(unit)] ?? fail(`unknown unit format: '${text(unit)}'`)
    const s = text(value).trim()
    const part = /(\d*\.?\d+)\s?([µμa-zA-Z]{1,2})/y
    let total = 0
    do {
      const m = part.exec(s)
      if (!m) return fail(`unable to parse duration: '${text(value)}'`)
      total += Number(m[1]) * (seconds[m[2]!] ?? fail(`unknown duration unit: '${m[2]}'`))
    } while (part.lastIndex < s.length)
    return float(exact(total, to))
  },
  example: { source: 'parse_duration!("1h30m", "m")', result: 90.0 },
})

/** Division of decimal fractions without the dust of binary ones. */
const exact = (n: number, unit: number): number => Number((n / unit).toPrecision(15))
