import { goFloat } from './go-number.ts'
import { durationText, timeText } from './go-time.ts'
import { Duration, fail, isList, isMap, Struct, Time, typeOf, type Value } from './values.ts'

/** No text a template makes grows beyond this. */
export const TEXT_MAX = 100_000
/** Of one number's field: more is a slip of the pen. */
const WIDTH_MAX = 1000

export function bounded(text: string): string {
  return text.length > TEXT_MAX ? fail(`the text is longer than ${TEXT_MAX} characters`) : text
}

/** Go's `%v`: how an action prints a value. */
export function display(v: Value): string {
  if (v === null) return '<no value>'
  if (isList(v)) return bounded(`[${v.map(display).join(' ')}]`)
  if (isMap(v)) return bounded(`map[${[...v].sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, x]) => `${k}:${display(x)}`).join(' ')}]`) // biome-ignore format: one thought
  if (v instanceof Duration) return durationText(v.ns)
  if (v instanceof Time) return timeText(v.ms)
  if (v instanceof Struct) return `{${[...v.fields.values()].map(display).join(' ')}}`
  return typeof v === 'number' ? goFloat(v, 'g', -1) : String(v)
}

/** Go's `fmt.Sprint`: a space between two neighbours of which neither is a string. */
export const sprint = (args: readonly Value[]): string =>
  bounded(args.map((v, i) => (i > 0 && typeof v !== 'string' && typeof args[i - 1] !== 'string' ? ` ${display(v)}` : display(v))).join(''))

const DIRECTIVE = /%([+\-# 0]*)(\d+|\*)?(?:\.(\d+|\*)?)?(?:\[\d+\])?([^\d.*[]|$)/gu

/** Go's `fmt.Sprintf` for the verbs that make sense of texts and numbers. */
export function sprintf(format: string, args: readonly Value[]): string {
  let next = 0
  const text = format.replace(DIRECTIVE, (all, flags: string, width: string | undefined, digits: string | undefined, verb: string) => {
    if (verb === '%') return '%'
    if (verb === '') return '%!(NOVERB)'
    const star = (given: string | undefined): number | undefined => (given === '*' ? Number(args[next++] ?? 0) : given === undefined ? undefined : Number(given)) // biome-ignore format: one thought
    const wide = star(width)
    const precision = /\.(?!\d|\*)/.test(all.slice(1)) ? 0 : star(digits)
    if (next >= args.length) return `%!${verb}(MISSING)`
    const value = args[next++] as Value
    return padded(formatted(verb, value, flags, precision), flags + (wide !== undefined && wide < 0 ? '-' : ''), Math.abs(wide ?? 0), value)
  })
  if (next >= args.length) return bounded(text)
  const extra = args.slice(next).map((v) => `${typeOf(v)}=${display(v)}`)
  return bounded(`${text}%!(EXTRA ${extra.join(', ')})`)
}

function formatted(verb: string, v: Value, flags: string, precision: number | undefined): string {
  const signed = (text: string) => (/^[-+]/.test(text) ? text : flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text)
  const wrong = `%!${verb}(${typeOf(v)}=${display(v)})`
  switch (verb) {
    case 'v':
      return typeof v === 'number' ? signed(goFloat(v, 'g', precision ?? -1)) : typeof v === 'bigint' ? signed(String(v)) : display(v)
    case 's':
      return typeof v === 'number' || typeof v === 'bigint' || typeof v === 'boolean' ? wrong : cut(display(v), precision)
    case 'q':
      return typeof v === 'string' ? quoted(cut(v, precision)) : wrong
    case 'd':
      return typeof v === 'bigint' || v instanceof Duration ? signed(String(v instanceof Duration ? v.ns : v)) : wrong
    case 'f':
    case 'F':
      return typeof v === 'number' ? signed(goFloat(v, 'f', precision ?? 6)) : wrong
    case 'e':
    case 'E':
    case 'g':
    case 'G': {
      if (typeof v !== 'number') return wrong
      const kind = verb.toLowerCase() as 'e' | 'g'
      const text = signed(goFloat(v, kind, precision ?? (kind === 'e' ? 6 : -1)))
      return verb === kind ? text : text.replace('e', 'E')
    }
    case 't':
      return typeof v === 'boolean' ? String(v) : wrong
    case 'x':
    case 'X': {
      const hex = typeof v === 'bigint' ? v.toString(16) : typeof v === 'string' ? [...new TextEncoder().encode(v)].map((b) => b.toString(16).padStart(2, '0')).join('') : null // biome-ignore format: one thought
      return hex === null ? wrong : verb === 'X' ? hex.toUpperCase() : hex
    }
    case 'c':
      return typeof v === 'bigint' && v >= 0n && v <= 0x10ffffn ? String.fromCodePoint(Number(v)) : wrong
    case 'b':
    case 'o':
      return typeof v === 'bigint' ? v.toString(verb === 'b' ? 2 : 8) : wrong
    case 'T':
      return typeOf(v)
    default:
      return wrong
  }
}

const cut = (text: string, precision: number | undefined): string =>
  precision === undefined ? text : [...text].slice(0, precision).join('')
export const quoted = (text: string): string => JSON.stringify(text).replace(/\\u([0-9a-f]{4})/g, (all, hex: string) => (Number.parseInt(hex, 16) < 0x20 ? `\\x${hex.slice(2)}` : all)) // biome-ignore format: one line

function padded(text: string, flags: string, width: number, v: Value): string {
  if (width > WIDTH_MAX) return fail(`a width of ${width} is too wide`)
  const missing = width - [...text].length
  if (missing <= 0) return text
  if (flags.includes('-')) return text + ' '.repeat(missing)
  const zeros = flags.includes('0') && (typeof v === 'bigint' || (typeof v === 'number' && Number.isFinite(v)))
  const [sign = ''] = /^[-+ ]/.exec(text) ?? []
  return zeros ? sign + '0'.repeat(missing) + text.slice(sign.length) : ' '.repeat(missing) + text
}
