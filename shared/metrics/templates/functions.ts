import { RE2JS } from 're2js'
import { parseDuration } from '../promql/text/duration.ts'
import { replaceAll } from '../promql/text/groups.ts'
import { goFloat } from './go-number.ts'
import { bounded, display, quoted, sprint, sprintf } from './go-text.ts'
import { timeText } from './go-time.ts'
import { Duration, fail, isList, isMap, isTrue, type Struct, Time, typeOf, type Value } from './values.ts'

/** What a template is about. */
export type Surroundings = {
  /** Epoch ms of the evaluation. */
  at: number
  externalUrl: string
  /** The samples of an instant query; throws what is to be said of one that fails. */
  query: (expr: string) => readonly Value[]
}
/** `any` takes what there is; the others refuse what is not of their type. `many`: as many as are given. */
type Parameter = 'any' | 'string' | 'samples' | 'sample' | 'number'
type Named = { args: readonly Parameter[]; many?: true; run: (args: Value[], where: Surroundings) => Value }

/** Go's strings.Title: what follows a space or an ASCII mark other than _ begins a word. */
const FIRST_LETTER = /(?<=^|[!-/:-@[-^`{-~]|\s)\p{L}/gu
const SI = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y']
const BINARY = ['ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi']
const SMALL = ['m', 'u', 'n', 'p', 'f', 'a', 'z', 'y']

/** The functions of Prometheus' templates, and Go's own but `and` and `or`, which do not look at all they are given. */
export const functions: Record<string, Named> = {
  query: { args: ['string'], run: ([expr], { query }) => query(expr as string) },
  first: { args: ['samples'], run: ([v]) => (v as Value[])[0] ?? fail('first() called on vector with no elements') },
  label: { args: ['string', 'sample'], run: ([name, v]) => labelsOf(v).get(name as string) ?? '' },
  value: { args: ['sample'], run: ([v]) => (v as Struct).fields.get('Value') ?? 0 },
  strvalue: { args: ['sample'], run: ([v]) => labelsOf(v).get('__value__') ?? '' },
  sortByLabel: {
    args: ['string', 'samples'],
    run: ([name, v]) => {
      const by = (s: Value) => String(labelsOf(s).get(name as string) ?? '')
      return [...(v as Value[])].sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0))
    },
  },
  args: { args: ['any'], many: true, run: (all) => new Map(all.map((v, i) => [`arg${i}`, v])) },
  humanize: { args: ['any'], run: ([v]) => scaled(float(v), 1000, SI, true) },
  humanize1024: { args: ['any'], run: ([v]) => scaled(float(v), 1024, BINARY, false) },
  humanizePercentage: { args: ['any'], run: ([v]) => `${short(float(v) * 100)}%` },
  humanizeDuration: { args: ['any'], run: ([v]) => humanDuration(float(v)) },
  humanizeTimestamp: { args: ['any'], run: ([v]) => (Number.isFinite(float(v)) ? timeText(float(v) * 1000) : short(float(v))) },
  toTime: { args: ['any'], run: ([v]) => timeOf(float(v)) },
  toDuration: { args: ['any'], run: ([v]) => (Number.isFinite(float(v)) ? new Duration(BigInt(Math.round(float(v) * 1e9))) : fail(`cannot convert ${short(float(v))} to a duration`)) }, // biome-ignore format: one thought
  now: { args: [], run: (_, { at }) => at / 1000 },
  parseDuration: { args: ['string'], run: ([text]) => (parseDuration(text as string) ?? fail(`not a valid duration string: ${quoted(text as string)}`)) / 1000 }, // biome-ignore format: one thought
  title: { args: ['string'], run: ([text]) => (text as string).replace(FIRST_LETTER, (c) => c.toUpperCase()) },
  toUpper: { args: ['string'], run: ([text]) => (text as string).toUpperCase() },
  toLower: { args: ['string'], run: ([text]) => (text as string).toLowerCase() },
  stripPort: { args: ['string'], run: ([text]) => hostAndPort(text as string)?.[0] ?? (text as string) },
  stripDomain: { args: ['string'], run: ([text]) => withoutDomain(text as string) },
  match: {
    args: ['string', 'string'],
    run: ([pattern, text]) =>
      regex(pattern)
        .matcher(text as string)
        .find(),
  },
  reReplaceAll: { args: ['string', 'string', 'string'], run: ([pattern, by, text]) => bounded(replaceAll(regex(pattern), text as string, by as string)) }, // biome-ignore format: one thought
  graphLink: { args: ['string'], run: ([expr]) => `/graph?g0.expr=${escaped(expr as string)}&g0.tab=0` },
  tableLink: { args: ['string'], run: ([expr]) => `/graph?g0.expr=${escaped(expr as string)}&g0.tab=1` },
  pathPrefix: {
    args: [],
    run: (_, { externalUrl }) => (URL.canParse(externalUrl) ? new URL(externalUrl).pathname.replace(/\/$/, '') : ''),
  },
  externalURL: { args: [], run: (_, { externalUrl }) => externalUrl },
  safeHtml: { args: ['string'], run: ([text]) => text as string },
  urlQueryEscape: { args: ['string'], run: ([text]) => escaped(text as string) },

  print: { args: ['any'], many: true, run: sprint },
  println: { args: ['any'], many: true, run: (all) => bounded(`${all.map(display).join(' ')}\n`) },
  printf: { args: ['string', 'any'], many: true, run: ([format, ...rest]) => sprintf(format as string, rest) },
  len: { args: ['any'], run: ([v]) => BigInt(typeof v === 'string' ? new TextEncoder().encode(v).length : isList(v!) ? v.length : isMap(v!) ? v.size : fail(`len of type ${typeOf(v!)}`)) }, // biome-ignore format: one thought
  index: { args: ['any', 'any'], many: true, run: ([v, ...path]) => path.reduce<Value>(indexed, v ?? null) },
  slice: { args: ['any', 'any'], many: true, run: ([v, from, to]) => sliced(v ?? null, from, to) },
  not: { args: ['any'], run: ([v]) => !isTrue(v ?? null) },
  html: { args: ['any'], many: true, run: (all) => sprint(all).replace(/[&<>"'\0]/g, (c) => `&#${c.charCodeAt(0)};`.replace('&#38;', '&amp;').replace('&#60;', '&lt;').replace('&#62;', '&gt;').replace('&#0;', '\uFFFD')) }, // biome-ignore format: one thought
  js: { args: ['any'], many: true, run: (all) => sprint(all).replace(/[\\'"<>&=\n\r\t]/g, (c) => ({ '\\': '\\\\', "'": "\\'", '"': '\\"' })[c] ?? `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`) }, // biome-ignore format: one thought
  urlquery: { args: ['any'], many: true, run: (all) => escaped(sprint(all)) },
  eq: { args: ['any', 'any'], many: true, run: ([a, ...others]) => others.some((b) => order('eq', a ?? null, b) === 0) },
  ne: { args: ['any', 'any'], run: ([a, b]) => order('ne', a ?? null, b ?? null) !== 0 },
  lt: { args: ['any', 'any'], run: ([a, b]) => order('lt', a ?? null, b ?? null) < 0 },
  le: { args: ['any', 'any'], run: ([a, b]) => order('le', a ?? null, b ?? null) <= 0 },
  gt: { args: ['any', 'any'], run: ([a, b]) => order('gt', a ?? null, b ?? null) > 0 },
  ge: { args: ['any', 'any'], run: ([a, b]) => order('ge', a ?? null, b ?? null) >= 0 },
}

const labelsOf = (v: Value | undefined) => (v as Struct).fields.get('Labels') as ReadonlyMap<string, Value>
/** Go's `%.4g`. */
const short = (v: number): string => goFloat(v, 'g', 4)

/** A number, or a text or duration that says one. */
function float(v: Value | undefined): number {
  if (typeof v === 'number') return v
  if (typeof v === 'bigint') return Number(v)
  if (v instanceof Duration) return Number(v.ns) / 1e9
  if (typeof v !== 'string') return fail(`can't convert ${typeOf(v ?? null)} to float`)
  const special = { nan: Number.NaN, inf: Infinity, '+inf': Infinity, '-inf': -Infinity, infinity: Infinity }[v.toLowerCase()]
  if (special !== undefined) return special
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(v) ? Number(v) : fail(`strconv.ParseFloat: parsing ${quoted(v)}: invalid syntax`)
}

function scaled(v: number, base: number, up: readonly string[], down: boolean): string {
  if (v === 0 || !Number.isFinite(v)) return short(v)
  let [size, prefix] = [v, '']
  if (Math.abs(v) >= 1 || !down) {
    for (const p of up) {
      if (Math.abs(size) < base) break
      ;[size, prefix] = [size / base, p]
    }
    return short(size) + prefix
  }
  for (const p of SMALL) {
    if (Math.abs(size) >= 1) break
    ;[size, prefix] = [size * base, p]
  }
  return short(size) + prefix
}

function humanDuration(v: number): string {
  if (!Number.isFinite(v)) return short(v)
  if (Math.abs(v) < 1) return `${scaled(v, 1000, [], true)}s`
  const sign = v < 0 ? '-' : ''
  const whole = Math.trunc(Math.abs(v))
  const [d, h, m, s] = [Math.floor(whole / 86_400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60]
  if (d) return `${sign}${d}d ${h}h ${m}m ${s}s`
  if (h) return `${sign}${h}h ${m}m ${s}s`
  return m ? `${sign}${m}m ${s}s` : `${sign}${short(Math.abs(v))}s`
}

const timeOf = (seconds: number): Time => (Math.abs(seconds) <= 8.64e12 ? new Time(seconds * 1000) : fail(`${short(seconds)} cannot be converted to a time`)) // biome-ignore format: one line

function regex(pattern: Value | undefined): RE2JS {
  try {
    return RE2JS.compile(pattern as string)
  } catch (e) {
    return fail(`error parsing regexp: ${(e as Error).message}`)
  }
}

/** `host:port` and `[v6]:port` taken apart; null for what is neither. */
function hostAndPort(text: string): [string, string] | null {
  const [, bracketed, host, port] = /^(?:\[([^\][]*)\]|([^:\][]*)):([^:\][]*)$/.exec(text) ?? []
  return port === undefined ? null : [bracketed ?? host ?? '', port]
}
function withoutDomain(text: string): string {
  const [host, port] = hostAndPort(text) ?? [text, '']
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(':')) return text
  const name = host.split('.')[0] ?? ''
  return port ? `${name}:${port}` : name
}
const escaped = (text: string): string => encodeURIComponent(text.toWellFormed()).replace(/%20/g, '+').replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`) // biome-ignore format: one line

function indexed(v: Value, at: Value): Value {
  if (isMap(v)) return typeof at === 'string' ? (v.get(at) ?? '') : fail(`value has type ${typeOf(at)}; should be string`)
  if (!isList(v) && typeof v !== 'string') return fail(`can't index item of type ${typeOf(v)}`)
  if (typeof at !== 'bigint') return fail(`cannot index slice/array with type ${typeOf(at)}`)
  const all = typeof v === 'string' ? [...new TextEncoder().encode(v)].map((b) => BigInt(b)) : v
  return at >= 0n && at < all.length ? (all[Number(at)] as Value) : fail(`index out of range: ${at}`)
}

function sliced(v: Value, from: Value = 0n, to?: Value): Value {
  const text = typeof v === 'string' ? new TextEncoder().encode(v) : null
  const length = text?.length ?? (isList(v) ? v.length : fail(`can't slice item of type ${typeOf(v)}`))
  const [start, end] = [from, to ?? BigInt(length)].map((x) => (typeof x === 'bigint' && x >= 0n && x <= length ? Number(x) : fail(`index out of range: ${display(x)}`))) as [number, number] // biome-ignore format: one thought
  if (start > end) return fail(`invalid slice index: ${start} > ${end}`)
  return text ? new TextDecoder().decode(text.subarray(start, end)) : (v as readonly Value[]).slice(start, end)
}

/** Below 0, 0 or above, or NaN where nothing is less, equal or greater. Ints and floats do not compare, as in Go. */
function order(name: string, a: Value, b: Value): number {
  if (a === null || b === null) return name === 'eq' || name === 'ne' ? Number(a !== b) : fail('invalid type for comparison')
  if (typeof a !== typeof b || typeof a === 'object') return fail(typeof a === 'object' ? 'invalid type for comparison' : 'incompatible types for comparison') // biome-ignore format: one line
  if (typeof a === 'boolean' && name !== 'eq' && name !== 'ne') return fail('invalid type for comparison')
  return a === b ? 0 : (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : Number.NaN
}
