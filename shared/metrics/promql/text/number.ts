/** A float as Go's `%g` and `%v` write it: shortest digits, exponent form below 1e-4 and from 1e+06 on. */
export function formatG(value: number): string {
  if (!Number.isFinite(value)) return infinite(value)
  const [digits, power] = scientific(value)
  if (value !== 0 && (power < -4 || power >= 6)) return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  return formatF(value)
}

/** A float as Go's FormatFloat(v, 'f', -1) writes it: shortest digits, never an exponent. */
export function formatF(value: number): string {
  if (!Number.isFinite(value)) return infinite(value)
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [digits, power] = scientific(value)
  const sign = digits.startsWith('-') ? '-' : ''
  const plain = digits.replace('-', '').replace('.', '')
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${plain}`
  if (plain.length <= power + 1) return sign + plain + '0'.repeat(power + 1 - plain.length)
  return `${sign}${plain.slice(0, power + 1)}.${plain.slice(power + 1)}`
}

/** The value of a quantile label: OpenMetrics writes whole numbers with a decimal point, and zero without a sign. */
export function formatOpenMetrics(value: number): string {
  const text = formatG(value === 0 ? 0 : value)
  return Number.isFinite(value) && !/[e.]/.test(text) ? `${text}.0` : text
}

/** `null` where Go's ParseInt(base 0) and ParseFloat would both refuse. Accepts 0x1f, 0b1, 0o7, 017, 1_000, 1e3, Inf, NaN. */
export function parseNumber(text: string): number | null {
  const sign = text.startsWith('-') ? -1 : 1
  const body = text.replace(/^[+-]/, '').toLowerCase()
  if (/^(inf|infinity)$/.test(body)) return sign * Number.POSITIVE_INFINITY
  if (body === 'nan') return Number.NaN
  if (/__|_$|^_/.test(body)) return null
  const plain = body.replaceAll('_', '')
  if (/^0(x[0-9a-f]+|b[01]+|o[0-7]+)$/.test(plain)) return sign * Number(plain)
  if (/^0[0-7]+$/.test(plain)) return sign * Number.parseInt(plain, 8)
  if (/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(plain)) return sign * Number(plain)
  return null
}

/** Go's math.Max: an infinity beats NaN, NaN beats the rest. */
export function goMax(a: number, b: number): number {
  if (a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY
  return Math.max(a, b)
}

export function goMin(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY || b === Number.NEGATIVE_INFINITY) return Number.NEGATIVE_INFINITY
  return Math.min(a, b)
}

/** Go's math.Pow differs from `**` at 1^NaN and (-1)^±Inf, which are 1. */
export function goPow(base: number, exponent: number): number {
  if (base === 1 || exponent === 0) return 1
  if (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent)) return 1
  return base ** exponent
}

const infinite = (value: number): string => (Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf')

function scientific(value: number): [digits: string, power: number] {
  const [digits = '0', power = '0'] = value.toExponential().split('e')
  return [digits, Number(power)]
}
