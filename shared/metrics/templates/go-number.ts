const SPECIAL = (v: number): string | null => (Number.isFinite(v) ? null : Number.isNaN(v) ? 'NaN' : v > 0 ? '+Inf' : '-Inf')
/** A tie can be told from what is merely near one within so many more digits. */
const LOOK_AHEAD = 30

/** Go's `strconv.FormatFloat` for the verbs e, f and g. `digits` -1: the fewest that tell the number from its neighbours. */
export function goFloat(v: number, verb: 'e' | 'f' | 'g', digits: number): string {
  const special = SPECIAL(v)
  if (special) return special
  const sign = v < 0 || Object.is(v, -0) ? '-' : ''
  const abs = Math.abs(v)
  switch (verb) {
    case 'e':
      return sign + withExponent(abs, digits)
    case 'f':
      return sign + (digits < 0 ? plain(abs) : evenly(abs.toFixed(digits), abs, (more) => abs.toFixed(Math.min(100, digits + more))))
    case 'g':
      return sign + general(abs, digits)
    default:
      return verb satisfies never
  }
}

/** `%e` when the exponent is below -4 or not below the precision (6 for the shortest form); zeros at the end are left out. */
function general(abs: number, given: number): string {
  const digits = given === 0 ? 1 : given
  const [mantissa = '', power = '0'] = (digits < 0 ? abs.toExponential() : rounded(abs, digits - 1)).split('e')
  const exponent = Number(power)
  const figures = mantissa.replace('.', '').replace(/0+$/, '') || '0'
  if (exponent < -4 || exponent >= (digits < 0 ? SHORTEST_LIMIT : digits)) return scientific(figures, exponent)
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${figures}`
  const whole = figures.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const rest = figures.slice(exponent + 1)
  return rest ? `${whole}.${rest}` : whole
}
const SHORTEST_LIMIT = 6

const withExponent = (abs: number, digits: number): string => {
  const [mantissa = '', power = '0'] = (digits < 0 ? abs.toExponential() : rounded(abs, digits)).split('e')
  return mantissa + exponentText(Number(power))
}
const scientific = (figures: string, exponent: number): string =>
  (figures.length > 1 ? `${figures[0]}.${figures.slice(1)}` : figures) + exponentText(exponent)
const exponentText = (e: number): string => `e${e < 0 ? '-' : '+'}${String(Math.abs(e)).padStart(2, '0')}`

/** JavaScript rounds a tie up, Go to the even digit. */
function rounded(abs: number, digits: number): string {
  const [mantissa = '', power] = abs.toExponential(digits).split('e')
  const [long = '', longPower] = abs.toExponential(Math.min(100, digits + LOOK_AHEAD)).split('e')
  if (power !== longPower || !isTie(long, digits) || !isOdd(mantissa)) return `${mantissa}e${power}`
  return `${long.slice(0, digits === 0 ? 1 : digits + 2)}e${power}`
}
function evenly(text: string, abs: number, longer: (more: number) => string): string {
  if (abs >= 1e21) return text
  const digits = text.split('.')[1]?.length ?? 0
  const long = longer(LOOK_AHEAD)
  if (!isTie(long, digits) || !isOdd(text)) return text
  return long.slice(0, long.indexOf('.') + (digits ? digits + 1 : 0))
}
const isTie = (long: string, digits: number): boolean => /^50*$/.test((long.split('.')[1] ?? '').slice(digits))
const isOdd = (text: string): boolean => Number(text.at(-1)) % 2 === 1

/** All digits and no exponent. */
function plain(abs: number): string {
  const [mantissa = '', power = '0'] = abs.toExponential().split('e')
  const exponent = Number(power)
  const [first = '', rest = ''] = mantissa.split('.')
  const figures = first + rest
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${figures}`
  const whole = figures.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const after = figures.slice(exponent + 1)
  return after ? `${whole}.${after}` : whole
}
