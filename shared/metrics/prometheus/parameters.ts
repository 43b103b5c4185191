import type { Matcher } from '../promql/matcher.ts'
import { parseMatchers } from '../promql/syntax/parse.ts'
import { parseDuration } from '../promql/text/duration.ts'
import { Failure, invalidParameter } from './failure.ts'

/** What a request says, of the form first and of the address then; every reading throws Prometheus' message. */
export type Parameters = {
  has(name: string): boolean
  text(name: string): string
  /** Epoch ms. Without `otherwise` the parameter has to be there. */
  time(name: string, otherwise?: number): number
  /** Milliseconds; null where it is not said. */
  duration(name: string): number | null
  /** 0 where there is none. */
  limit(name?: string): number
  /** Of every `match[]`. */
  selectors(): (readonly Matcher[])[]
}

/** int64 nanoseconds, in which Prometheus keeps a duration, end here. */
const SECONDS_MAX = 9_223_372_036
/** What Prometheus writes for the first and the last moment it knows. */
const ENDS: Record<string, number> = {
  '-292273086-05-16T16:47:06Z': -8_640_000_000_000_000,
  '+292277025-08-18T07:12:54.999999999Z': 8_640_000_000_000_000,
  '292277025-08-18T07:12:54.999999999Z': 8_640_000_000_000_000,
}

export function parameters(form: URLSearchParams, address: URLSearchParams): Parameters {
  const text = (name: string) => form.get(name) ?? address.get(name) ?? ''
  return {
    has: (name) => form.has(name) || address.has(name),
    text,
    time(name, otherwise) {
      const given = text(name)
      if (given === '' && otherwise !== undefined) return otherwise
      const at = parseTime(given)
      if (at === null) {
        const why = `cannot parse ${JSON.stringify(given)} to a valid timestamp`
        throw invalidParameter(name, otherwise === undefined ? why : `invalid time value for '${name}': ${why}`)
      }
      return at
    },
    duration(name) {
      const given = text(name)
      if (given === '') return null
      // Go reads NaN and makes the least integer of it
      if (/^[+-]?nan$/i.test(given)) return Number.MIN_SAFE_INTEGER
      const seconds = /^[+-]?inf(inity)?$/i.test(given) ? Number.POSITIVE_INFINITY : decimal(given)
      if (seconds !== null && Math.abs(seconds) >= SECONDS_MAX)
        throw invalidParameter(name, `cannot parse ${JSON.stringify(given)} to a valid duration. It overflows int64`)
      const ms = seconds === null ? parseDuration(given) : Math.trunc(seconds * 1e6) / 1e3
      if (ms === null || Number.isNaN(ms)) throw invalidParameter(name, `cannot parse ${JSON.stringify(given)} to a valid duration`)
      return Math.trunc(ms)
    },
    limit(name = 'limit') {
      const given = text(name)
      if (given === '') return 0
      if (!/^[+-]?\d+$/.test(given)) throw invalidParameter(name, `strconv.Atoi: parsing ${JSON.stringify(given)}: invalid syntax`)
      if (Number(given) > Number.MAX_SAFE_INTEGER)
        throw invalidParameter(name, `strconv.Atoi: parsing ${JSON.stringify(given)}: value out of range`)
      if (Number(given) < 0) throw invalidParameter(name, 'limit must be non-negative')
      return Number(given)
    },
    selectors() {
      return [...form.getAll('match[]'), ...address.getAll('match[]')].map((selector) => {
        try {
          const matchers = parseMatchers(selector)
          if (matchers.some((m) => !m.matches(''))) return matchers
        } catch (e) {
          throw new Failure('bad_data', (e as Error).message)
        }
        throw new Failure('bad_data', 'match[] must contain at least one non-empty matcher')
      })
    },
  }
}

/** Seconds since the epoch, or RFC 3339; epoch ms, or null where it is neither. */
export function parseTime(text: string): number | null {
  const seconds = decimal(text)
  if (seconds !== null) return Number.isFinite(seconds) ? clamp(Math.round(seconds * 1000)) : null
  const end = ENDS[text]
  if (end !== undefined) return end
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.,]\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return null
  const at = Date.parse(text.replace(',', '.'))
  return Number.isNaN(at) || !isDay(text) ? null : at
}

/** Both times of a request for label sets; those that are not said do not bound. */
export function between(asked: Parameters): { from: number; to: number } {
  const from = asked.time('start', Number.NEGATIVE_INFINITY)
  const to = asked.time('end', Number.POSITIVE_INFINITY)
  return { from, to }
}

/** A float as Go's ParseFloat reads one, without its rarer forms. */
const decimal = (text: string): number | null => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null)
const clamp = (at: number) => Math.max(-8.64e15, Math.min(8.64e15, at))
/** Date.parse takes the 31st of February for a day in March. */
const isDay = (text: string): boolean => {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number]
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}
