import { type Aggregate, bare, type Duration, type Expr, type VectorSelector } from '../../../../shared/metrics/promql/syntax/ast.ts'
import { parse } from '../../../../shared/metrics/promql/syntax/parse.ts'
import { functionDocs } from './language.ts'

/** An expression read back in words; null where it cannot be read, or says no more than its text. */
export function explained(text: string): string | null {
  try {
    const said = say(parse(text))
    if (said === text.trim()) return null
    return `${said.startsWith('the ') ? `The${said.slice(3)}` : said}.`
  } catch {
    return null
  }
}

const lengthOf = (duration: Duration): string => {
  if (duration.kind !== 'seconds') return 'a computed time'
  const s = duration.value
  for (const [size, unit] of [[86_400, 'd'], [3600, 'h'], [60, 'min']] as const) if (s >= size && s % size === 0) return `${s / size} ${unit}` // biome-ignore format: a table
  return `${s} s`
}

const words: Record<string, string> = { '=': 'is', '!=': 'is not', '=~': 'matches', '!~': 'does not match' }
const sums: Record<string, string> = {
  sum: 'the sum of',
  avg: 'the mean of',
  min: 'the smallest of',
  max: 'the largest of',
  count: 'the number of',
  group: 'a one for',
  stddev: 'the standard deviation of',
  stdvar: 'the variance of',
}
const windows: Record<string, string> = {
  rate: 'the growth per second of',
  irate: 'the growth per second between the last two samples of',
  increase: 'the growth of',
  delta: 'the change of',
  avg_over_time: 'the mean of',
  min_over_time: 'the smallest value of',
  max_over_time: 'the largest value of',
  sum_over_time: 'the sum of',
  count_over_time: 'the number of samples of',
  last_over_time: 'the last value of',
}
const operators: Record<string, string> = {
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'divided by',
  '%': 'modulo',
  '^': 'to the power of',
}

function selector({ name, matchers, offset }: VectorSelector): string {
  const conditions = matchers.filter((m) => m.name !== '__name__').map((m) => `${m.name} ${words[m.op]} "${m.value}"`)
  const metric = name || matchers.find((m) => m.name === '__name__')?.value || 'every metric'
  return `${metric}${conditions.length ? ` where ${conditions.join(' and ')}` : ''}${offset ? `, ${lengthOf(offset)} earlier` : ''}`
}

function groups({ grouping, without }: Aggregate): string {
  if (without) return grouping.length ? ` over ${grouping.join(' and ')}` : ', series by series'
  return grouping.length ? ` for each ${grouping.join(' and ')}` : ''
}

function say(given: Expr): string {
  const expr = bare(given)
  switch (expr.kind) {
    case 'number':
      return String(expr.value)
    case 'string':
      return JSON.stringify(expr.value)
    case 'vector':
      return selector(expr)
    case 'matrix':
      return `${selector(expr.selector)} over the last ${lengthOf(expr.range)}`
    case 'subquery':
      return `${say(expr.expr)}, looked at again and again over the last ${lengthOf(expr.range)}`
    case 'paren':
    case 'unary':
      return `${expr.kind === 'unary' && expr.op === '-' ? 'minus ' : ''}${say(expr.expr)}`
    case 'binary':
      return `${say(expr.left)} ${operators[expr.op] ?? expr.op} ${say(expr.right)}`
    case 'aggregate': {
      const inner = say(expr.expr)
      if (expr.op === 'topk' || expr.op === 'bottomk')
        return `the ${expr.param ? say(expr.param) : ''} ${expr.op === 'topk' ? 'largest' : 'smallest'} of ${inner}${groups(expr)}`
      if (expr.op === 'quantile') return `the ${expr.param ? say(expr.param) : ''}-quantile of ${inner}${groups(expr)}`
      return `${sums[expr.op] ?? expr.op} ${inner}${groups(expr)}`
    }
    case 'call': {
      const [first, second] = expr.args
      if (expr.name === 'histogram_quantile' && first && second) return `the ${say(first)}-quantile of the histogram made of ${say(second)}`
      const window = windows[expr.name]
      if (window && first) return `${window} ${say(first)}`
      const known = functionDocs.some((f) => f.name === expr.name)
      return `${known ? expr.name : 'a function'} of ${expr.args.map(say).join(' and ') || 'nothing'}`
    }
    default:
      return expr satisfies never
  }
}
