import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, float, type Text, text } from '../value.ts'

/** Nanoseconds. */
const units: Record<string, bigint> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  ms: 1_000_000n,
  cs: 10_000_000n,
  ds: 100_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
}

export const parse_duration = define({
  name: 'parse_duration',
  summary: 'A duration such as `1h30m` in a unit of your choice.',
  parameters: [textValue, required('unit', kind.bytes, Object.keys(units))],
  returns: kind.float,
  fails: true,
  run: (_, value: Text, unit: Text) => {
    const to = Object.hasOwn(units, text(unit)) ? units[text(unit)]! : fail(`unknown unit format: '${text(unit)}'`)
    return float(total(text(value), to))
  },
  example: { source: 'parse_duration!("1h30m", "m")', result: 90.0 },
})

/** Digits of one part that count; a double has 17. */
const DIGITS_MAX = 40
const UNIT = /\s?([µA-Za-z]{1,2})/y

/** All parts of `1h 30.5m` together in the unit `to`. What stands before a part is passed over; nothing may follow the last. Computed in decimals. */
function total(value: string, to: bigint): number {
  let sum = 0n
  for (let at = 0; at < value.length; ) {
    const part = partFrom(value, at) ?? fail(`unable to parse duration: '${value.slice(at)}'`)
    const unit = Object.hasOwn(units, part.unit) ? units[part.unit]! : fail(`unknown duration unit: '${part.unit}'`)
    const places = part.fraction.slice(0, DIGITS_MAX)
    if (part.whole.length > DIGITS_MAX) return Number.POSITIVE_INFINITY
    sum += BigInt(part.whole + places) * unit * 10n ** BigInt(DIGITS_MAX - places.length)
    at = part.end
  }
  return Number((Number(sum) / Number(to * 10n ** BigInt(DIGITS_MAX))).toPrecision(15))
}

/** The first number with a unit behind it; every character is looked at once. */
function partFrom(value: string, from: number): { whole: string; fraction: string; unit: string; end: number } | undefined {
  const digits = /[\d.]+/g
  digits.lastIndex = from
  for (let run = digits.exec(value); run; run = digits.exec(value)) {
    UNIT.lastIndex = digits.lastIndex
    const unit = UNIT.exec(value)
    if (!unit || run[0].endsWith('.')) continue
    const [fraction = '', whole] = run[0].split('.').reverse()
    return { whole: whole ?? fraction, fraction: whole === undefined ? '' : fraction, unit: unit[1]!, end: UNIT.lastIndex }
  }
  return undefined
}
