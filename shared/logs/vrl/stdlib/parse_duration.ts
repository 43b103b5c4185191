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
}

/** Units in durations of several parts, as Rust's `humantime` knows them. */
const longUnits: readonly (readonly [RegExp, bigint])[] = [
  [/^(?:nanos|nsec|ns)$/, 1n],
  [/^(?:usec|us)$/, 1_000n],
  [/^(?:millis|msec|ms)$/, 1_000_000n],
  [/^(?:seconds?|secs?|s)$/, 1_000_000_000n],
  [/^(?:minutes?|mins?|m)$/, 60_000_000_000n],
  [/^(?:hours?|hrs?|h)$/, 3_600_000_000_000n],
  [/^(?:days?|d)$/, 86_400_000_000_000n],
  [/^(?:weeks?|wks?|w)$/, 604_800_000_000_000n],
  [/^(?:months?|M)$/, 2_630_016_000_000_000n],
  [/^(?:years?|yrs?|y)$/, 31_557_600_000_000_000n],
]

export const parse_duration = define({
  name: 'parse_duration',
  summary: 'A duration such as `1h30m` in a unit of your choice.',
  parameters: [textValue, required('unit', kind.bytes, Object.keys(units))],
  returns: kind.float,
  fails: true,
  run: (_, value: Text, unit: Text) => {
    const to = Object.hasOwn(units, text(unit)) ? units[text(unit)]! : fail(`unknown unit format: '${text(unit)}'`)
    const parts = wholeParts(text(value))
    return float(parts === undefined ? fraction(text(value), to) : Number(parts) / Number(to))
  },
  example: { source: 'parse_duration!("1h30m", "m")', result: 90.0 },
})

/** `1h30m`, spaces allowed anywhere: nanoseconds. */
function wholeParts(value: string): bigint | undefined {
  const s = value.replaceAll(' ', '').replaceAll('µs', 'us')
  if (!/^(?:\d+[A-Za-z]+)+$/.test(s)) return undefined
  let total = 0n
  for (const [, digits, name] of s.matchAll(/(\d+)([A-Za-z]+)/g)) {
    const unit = longUnits.find(([names]) => names.test(name!))?.[1]
    if (unit === undefined) return undefined
    total += BigInt(digits!) * unit
  }
  return total
}

/** `1.5 s`: one part with a fraction, computed in decimals. */
function fraction(value: string, to: bigint): number {
  const m = /^(?:\d*\.)?\d+\s?([µA-Za-z]{1,2})$/.exec(value) ?? fail(`unable to parse duration: '${value}'`)
  const unit = Object.hasOwn(units, m[1]!) ? units[m[1]!]! : fail(`unknown duration unit: '${m[1]}'`)
  const digits = value.slice(0, m[0].length - m[1]!.length).trim()
  const places = digits.includes('.') ? digits.length - digits.indexOf('.') - 1 : 0
  const scaled = BigInt(digits.replace('.', '')) * unit
  return Number((Number(scaled) / Number(to * 10n ** BigInt(places))).toPrecision(15))
}
