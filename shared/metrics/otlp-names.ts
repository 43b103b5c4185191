// How Prometheus names what OpenTelemetry sends, with its default translation (underscores, units and types as suffixes):
// the "OTLP Metrics to Prometheus" part of the OpenTelemetry specification.

const units: Record<string, string> = {
  d: 'days', h: 'hours', min: 'minutes', s: 'seconds', ms: 'milliseconds', us: 'microseconds', ns: 'nanoseconds',
  By: 'bytes', KiBy: 'kibibytes', MiBy: 'mebibytes', GiBy: 'gibibytes', TiBy: 'tebibytes', KBy: 'kilobytes', MBy: 'megabytes',
  GBy: 'gigabytes', TBy: 'terabytes', m: 'meters', V: 'volts', A: 'amperes', J: 'joules', W: 'watts', g: 'grams', Cel: 'celsius',
  Hz: 'hertz', '1': '', '%': 'percent',
} // biome-ignore format: a table
const perUnits: Record<string, string> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week', mo: 'month', y: 'year' }

const tokensOf = (text: string): string[] => text.split(/[^\p{L}\p{N}:]+/u).filter(Boolean).map((t) => t.replace(/[^A-Za-z0-9:]/g, '_')) // biome-ignore format: one thought
const lookUp = (table: Record<string, string>, unit: string) => (Object.hasOwn(table, unit) ? table[unit]! : unit)

/** `kind`: what decides the last suffix. An empty name stays empty. */
export function metricName(name: string, unit: string, kind: 'counter' | 'gauge' | 'other'): string {
  let tokens = tokensOf(name)
  if (!tokens.length) return ''
  const [main = '', per = ''] = unit
    .replace(/\{[^}]*\}/g, '')
    .split('/', 2)
    .map((u) => u.trim())
  const add = (suffix: string[]) => {
    if (suffix.length && !suffix.every((s) => tokens.includes(s))) tokens.push(...suffix)
  }
  if (main) add(tokensOf(lookUp(units, main)))
  if (per) add(['per', ...tokensOf(lookUp(perUnits, per))])
  const last = kind === 'counter' ? 'total' : kind === 'gauge' && unit === '1' ? 'ratio' : ''
  if (last) tokens = [...tokens.filter((t) => t !== last), last]
  const joined = tokens.join('_')
  return /^[0-9]/.test(joined) ? `_${joined}` : joined
}

export function labelName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_]/g, '_')
  if (/^[0-9]/.test(plain)) return `key_${plain}`
  return /^_[^_]/.test(plain) ? `key${plain}` : plain
}
