import { oneOf } from '../bad-argument.ts'
import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, float, type Text, text } from '../value.ts'

const prefixes = ['', 'k', 'm', 'g', 't', 'p', 'e']
const bases = ['2', '10'] as const
/** Units of the result, by base. */
const units: Record<string, readonly string[]> = {
  '2': ['B', 'KiB', 'KB', 'MiB', 'MB', 'GiB', 'GB', 'TiB', 'TB', 'PiB', 'PB', 'EiB', 'EB'],
  '10': ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'],
}
const U64_MAX = 2 ** 64

export const parse_bytes = define({
  name: 'parse_bytes',
  summary: 'A size such as `1.5GiB` in a unit of your choice.',
  parameters: [textValue, required('unit', kind.bytes, [...new Set(Object.values(units).flat())]), optional('base', kind.bytes, bases)],
  returns: kind.float,
  fails: true,
  prepare: (call) => {
    oneOf(call, 'base', bases)
    return undefined
  },
  run: (_, value: Text, unit: Text, base: Text = '2') => {
    if (!units[text(base)]?.includes(text(unit))) return fail(`unknown unit format: '${text(unit)}'`)
    return float(bytesOf(text(value), text(base)) / factor(text(unit).replace(/B$/, ''), text(base)))
  },
  example: { source: 'parse_bytes!("1.5KiB", "B")', result: 1536.0 },
})

/** Whole bytes; units in any case. A prefix with `i` is binary always, another one only when the base is two. */
function bytesOf(s: string, base: string): number {
  const m = /^(\d[\d_]*)?(?:\.([\d_]*))?(?:[eE]([+-]?\d+))?[ _]*([kmgtpe]i?)?b?$/i.exec(s)
  const wrong = (why: string) => fail(`unable to parse bytes: '${why}'`)
  if (/^[ _]*(?:[kmgtpe]i?)?b?$/i.test(s)) return wrong('cannot parse integer from empty string')
  if (!m) return wrong('invalid digit found in string')
  const [, whole = '', fraction = '', exponent = '0', prefix = ''] = m
  const n = Number(`${whole.replaceAll('_', '') || '0'}.${fraction.replaceAll('_', '') || '0'}e${exponent}`)
  const size = Math.round(n * factor(prefix, base))
  return size > U64_MAX ? wrong('number too large to fit in target type') : size
}

const factor = (prefix: string, base: string): number =>
  (base === '10' && !/i$/i.test(prefix) ? 1000 : 1024) ** prefixes.indexOf(prefix.charAt(0).toLowerCase())
