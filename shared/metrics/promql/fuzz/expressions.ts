import fc from 'fast-check'
import { functions } from '../functions/index.ts'
import type { ValueType } from '../syntax/ast.ts'

/** Generates expressions as text: nearly all well-typed, over the series of `garden`. */
export const expressions = (): fc.Arbitrary<string> => tree().any

const label = fc.constantFrom('a', 'b', 'le', '__name__', '"é t"', 'job')
const labels = fc.uniqueArray(label, { maxLength: 2 }).map((names) => `(${names.join(', ')})`)
const length = fc.constantFrom('1m', '90s', '5m', '300', '1h2m', '2m + 30s', '(3m)', 'step() * 2', 'max_of(step(), 1m)', '2m ^ 1')
const metric = fc.constantFrom(
  'c_total',
  'g',
  'h',
  'n',
  'l_bucket',
  'c_total',
  'g',
  'h',
  'nothing',
  '{__name__=~"g|h"}',
  '{"é.é"}',
  '{a!="",b=~"x.*"}',
)
const number = fc.constantFrom('0', '1', '-1', '0.5', '2', '1e3', '0x1f', 'NaN', 'Inf', '-Inf', '1_000', '5m', '1.5e-7')
const text = fc.constantFrom('"a"', "'b'", '`c`', '"x.*"', '"$1"', '"\\u00e9"', '"("')
const at = fc.constantFrom('', '', '', ' @ 120', ' @ start()', ' @ end()', ' @ -10.5')
const offset = fc.constantFrom('', '', '', ' offset 1m', ' offset -1m', ' offset (1m - 30s)')
const extended = fc.constantFrom('', '', '', '', ' anchored', ' smoothed')
const matching = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  fc.tuple(fc.constantFrom('on', 'ignoring'), labels).map(([how, by]) => ` ${how} ${by}`),
  fc
    .tuple(fc.constantFrom('on (a)', 'ignoring (b, le)'), fc.constantFrom('left', 'right'), fc.constantFrom('', '(b)'))
    .map(([by, side, with_]) => ` ${by} group_${side} ${with_}`),
  fc.tuple(fc.constantFrom('fill', 'fill_left', 'fill_right'), number).map(([fill, value]) => ` ${fill} (${value})`),
)
const arithmetic = fc.constantFrom('+', '-', '*', '/', '%', '^', 'atan2')
const operator = fc.oneof(arithmetic, fc.constantFrom('==', '!=', '<', '>', '<=', '>=', '== bool', '> bool', '</', '>/'))
const setOperator = fc.constantFrom('and', 'or', 'unless')
const plain = fc.constantFrom('sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar')
const withNumber = fc.constantFrom('topk', 'bottomk', 'quantile', 'limitk', 'limit_ratio')

type Tree = Record<ValueType | 'any' | 'selector', string>

const tree = () =>
  fc.letrec<Tree>((tie) => {
    const limited = (simple: fc.Arbitrary<string>, ...nested: fc.Arbitrary<string>[]) =>
      fc.oneof({ maxDepth: 4, withCrossShrink: true }, simple, ...nested)
    const calls = (returns: ValueType) => fc.oneof(...callsReturning(returns, tie))
    const vector = tie('vector')
    return {
      any: fc.oneof({ weight: 15, arbitrary: vector }, tie('scalar'), tie('matrix'), tie('string')),
      string: text,
      scalar: limited(
        number,
        fc.tuple(tie('scalar'), arithmetic, tie('scalar')).map(([l, op, r]) => `${l} ${op} ${r}`),
        fc.tuple(fc.constantFrom('(', '-(', '+('), tie('scalar')).map(([open, inner]) => `${open}${inner})`),
        calls('scalar'),
      ),
      selector: fc.tuple(metric, at, offset, extended).map((parts) => parts.join('')),
      matrix: limited(
        fc.tuple(metric, length, extended, at, offset).map(([m, range, how, a, o]) => `${m}[${range}]${how}${a}${o}`),
        fc
          .tuple(vector, length, fc.oneof(fc.constant(''), length), at, offset)
          .map(([v, range, step, a, o]) => `(${v})[${range}:${step}]${a}${o}`),
      ),
      vector: limited(
        tie('selector'),
        fc.tuple(vector, operator, matching, vector).map(([l, op, how, r]) => `${l} ${op}${how} ${r}`),
        fc
          .tuple(vector, setOperator, fc.constantFrom('', ' on (a)', ' ignoring (b)'), vector)
          .map(([l, op, how, r]) => `${l} ${op}${how} ${r}`),
        fc.tuple(vector, operator, tie('scalar')).map(([l, op, r]) => `${l} ${op} ${r}`),
        fc.tuple(tie('scalar'), operator, vector).map(([l, op, r]) => `${l} ${op} ${r}`),
        fc.tuple(fc.constantFrom('(', '-(', '+('), vector).map(([open, inner]) => `${open}${inner})`),
        fc
          .tuple(plain, fc.constantFrom('', ' by', ' without'), labels, vector)
          .map(([op, how, by, v]) => `${op}${how ? `${how} ${by} ` : ''}(${v})`),
        fc.tuple(withNumber, tie('scalar'), vector, fc.constantFrom('', ' by (a)')).map(([op, k, v, by]) => `${op}(${k}, ${v})${by}`),
        vector.map((v) => `count_values("v", ${v})`),
        fc.tuple(vector, fc.constantFrom('', ', {a=~".+"}', ', {__name__="info",b=~".*"}')).map(([v, info]) => `info(${v}${info})`),
        calls('vector'),
        calls('vector'),
      ),
    }
  })

function callsReturning(returns: ValueType, tie: (type: ValueType) => fc.Arbitrary<string>): fc.Arbitrary<string>[] {
  return Object.values(functions).flatMap((fn): fc.Arbitrary<string>[] => {
    if (fn.returns !== returns || fn.name === 'info') return []
    const args: readonly ValueType[] = fn.args
    const least = fn.variadic === 0 ? args.length : args.length - 1
    const given = fn.variadic === 0 ? args : [...args.slice(0, least), ...(args.at(-1) ? [args.at(-1) as ValueType] : [])]
    const call = (types: readonly ValueType[]) => fc.tuple(...types.map(tie)).map((texts) => `${fn.name}(${texts.join(', ')})`)
    return [call(given), ...(fn.variadic === 0 ? [] : [call(args.slice(0, least))])]
  })
}
