import { Duration, fail, Time, type Value } from './values.ts'

/** Go's own form of a duration: `1h2m3.5s`, `250ms`, `0s`. */
export function durationText(ns: bigint): string {
  if (ns === 0n) return '0s'
  const [sign, left] = ns < 0n ? ['-', -ns] : ['', ns]
  const fraction = (of: bigint, unit: string) => `${of ? `${left / of}${`.${String(left % of).padStart(String(of).length - 1, '0')}`.replace(/\.?0+$/, '')}` : left}${unit}` // biome-ignore format: one thought
  if (left < 1_000n) return `${sign}${left}ns`
  if (left < 1_000_000n) return sign + fraction(1_000n, 'µs')
  if (left < 1_000_000_000n) return sign + fraction(1_000_000n, 'ms')
  const whole = left / 1_000_000_000n
  const rest = `.${String(left % 1_000_000_000n).padStart(9, '0')}`.replace(/\.?0+$/, '')
  const [h, m, s] = [whole / 3600n, (whole / 60n) % 60n, whole % 60n]
  return `${sign}${h ? `${h}h` : ''}${h || m ? `${m}m` : ''}${s}${rest}s`
}

/** `2015-05-26 15:11:40.5 +0000 UTC` */
export function timeText(ms: number): string {
  const at = new Date(ms)
  if (Number.isNaN(at.getTime())) return fail('the time is out of range')
  const [date = '', clock = ''] = at.toISOString().slice(0, -1).split('T')
  const [whole = '', fraction = ''] = clock.split('.')
  const rest = fraction.replace(/0+$/, '')
  return `${date} ${whole}${rest && `.${rest}`} +0000 UTC`
}

/** Methods of times and durations that people call: `($value | toTime).Year`. */
export function methodOf(v: Value, name: string): ((args: Value[]) => Value) | null {
  if (v instanceof Duration) {
    const per = { Nanoseconds: 1n, Microseconds: 1_000n, Milliseconds: 1_000_000n }[name]
    if (per) return () => v.ns / per
    const length = { Seconds: 1e9, Minutes: 6e10, Hours: 3.6e12 }[name]
    if (length) return () => Number(v.ns) / length
    return name === 'String' ? () => durationText(v.ns) : null
  }
  if (!(v instanceof Time)) return null
  const at = new Date(v.ms)
  const parts: Record<string, () => Value> = {
    Year: () => BigInt(at.getUTCFullYear()),
    Month: () => at.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' }),
    Day: () => BigInt(at.getUTCDate()),
    Weekday: () => at.toLocaleString('en-US', { weekday: 'long', timeZone: 'UTC' }),
    Hour: () => BigInt(at.getUTCHours()),
    Minute: () => BigInt(at.getUTCMinutes()),
    Second: () => BigInt(at.getUTCSeconds()),
    Unix: () => BigInt(Math.floor(v.ms / 1000)),
    UnixMilli: () => BigInt(Math.floor(v.ms)),
    UTC: () => v,
    String: () => timeText(v.ms),
  }
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined
  if (part) return part
  return name === 'Format' ? ([layout]) => formatted(at, typeof layout === 'string' ? layout : fail('Format needs a layout')) : null
}

const LAYOUT = /2006|January|Jan|Monday|Mon|MST|-07:00|-0700|Z07:00|[.,]0+|01|02|_2|03|04|05|06|15|PM|pm|1|2|3|4|5/g
function formatted(at: Date, layout: string): string {
  const name = (options: Intl.DateTimeFormatOptions) => at.toLocaleString('en-US', { ...options, timeZone: 'UTC' })
  const two = (n: number) => String(n).padStart(2, '0')
  const [hour, half] = [at.getUTCHours(), at.getUTCHours() % 12 || 12]
  const parts: Record<string, () => string> = {
    '2006': () => String(at.getUTCFullYear()).padStart(4, '0'), '06': () => two(at.getUTCFullYear() % 100),
    January: () => name({ month: 'long' }), Jan: () => name({ month: 'short' }), '01': () => two(at.getUTCMonth() + 1), '1': () => String(at.getUTCMonth() + 1),
    Monday: () => name({ weekday: 'long' }), Mon: () => name({ weekday: 'short' }),
    '02': () => two(at.getUTCDate()), _2: () => String(at.getUTCDate()).padStart(2), '2': () => String(at.getUTCDate()),
    '15': () => two(hour), '03': () => two(half), '3': () => String(half), PM: () => (hour < 12 ? 'AM' : 'PM'), pm: () => (hour < 12 ? 'am' : 'pm'),
    '04': () => two(at.getUTCMinutes()), '4': () => String(at.getUTCMinutes()), '05': () => two(at.getUTCSeconds()), '5': () => String(at.getUTCSeconds()),
    MST: () => 'UTC', '-07:00': () => '+00:00', '-0700': () => '+0000', 'Z07:00': () => 'Z',
  } // biome-ignore format: a table
  return layout.replace(
    LAYOUT,
    (part) =>
      parts[part]?.() ??
      part[0] +
        String(at.getUTCMilliseconds())
          .padStart(3, '0')
          .padEnd(part.length - 1, '0')
          .slice(0, part.length - 1),
  )
}
