import { describe, expect, test } from 'vitest'
import { MemoryStorage } from '../memory.ts'
import { queryInstant } from '../query.ts'
import { parse, parseMatchers } from './parse.ts'
import { pretty } from './pretty.ts'
import { print } from './print.ts'

const f = (query: string) => print(parse(query))
const why = (query: string): string => {
  try {
    return `parsed: ${f(query)}`
  } catch (e) {
    return e instanceof Error ? e.message : String(e)
  }
}

/** The shape of an expression: every operation in parentheses. */
function grouped(query: string): string {
  const shape = (expr: ReturnType<typeof parse>): string => {
    if (expr.kind === 'binary') return `(${shape(expr.left)} ${expr.op} ${shape(expr.right)})`
    if (expr.kind === 'unary') return `(${expr.op}${shape(expr.expr)})`
    return print(expr)
  }
  return shape(parse(query))
}

describe('operators bind as in Prometheus', () => {
  test.each([
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['2 ^ 3 ^ 2', '(2 ^ (3 ^ 2))'],
    ['-2 ^ 2', '(-(2 ^ 2))'],
    ['-a * b', '((-a) * b)'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['a or b and c unless d', '(a or ((b and c) unless d))'],
    ['a + b > c and d', '(((a + b) > c) and d)'],
    ['a atan2 b + c', '((a atan2 b) + c)'],
    ['a / b offset 5m', '(a / b offset 5m)'],
    ['a + b[5m:1m] @ end()', null],
    ['-a offset 1m', '(-a offset 1m)'],
    ['a </ 1 == b', '((a </ 1) == b)'],
  ])('%s', (query, expected) => {
    if (expected === null) expect(why(query)).toMatch(/^1:5: parse error: binary expression must contain only scalar and instant vector/)
    else expect(grouped(query)).toBe(expected)
  })
})

describe('prints as Prometheus prints', () => {
  test.each([
    ['sum(a)by(b,c)', 'sum by (b, c) (a)'],
    ['sum by() (a)', 'sum(a)'],
    ['sum without() (a)', 'sum without () (a)'],
    ['topk(5,a)', 'topk(5, a)'],
    ['count_values("v",a)', 'count_values("v", a)'],
    ['a{}', 'a'],
    ['{__name__="a"}', '{__name__="a"}'],
    ['{"a"}', '{__name__="a"}'],
    ['{"a b","c d"="e"}', '{"c d"="e",__name__="a b"}'],
    ['a{b="1",a=~"x"}', 'a{a=~"x",b="1"}'],
    ['a[300]', 'a[5m]'],
    ['a[5m] offset -1h', 'a[5m] offset -1h'],
    ['a offset 1w @ 1603774568', 'a @ 1603774568.000 offset 1w'],
    ['a @ start()', 'a @ start()'],
    ['a[5m:]', 'a[5m:]'],
    ['rate(a[5m:30s] @ end() offset 1m)', 'rate(a[5m:30s] @ end() offset 1m)'],
    ['a+on(x)group_left(y)b', 'a + on (x) group_left (y) b'],
    ['a > bool ignoring(x) b', 'a > bool ignoring (x) b'],
    ['a + fill(0) b', 'a + fill (0) b'],
    ['a + fill_left(1) fill_right(2) b', 'a + fill_left (1) fill_right (2) b'],
    ['1e3', '1000'],
    ['5m', '5m'],
    ['-1', '-1'],
    ['+Inf', '+Inf'],
    ["'a'", '"a"'],
    ['a[5m] anchored', 'a[5m] anchored'],
    ['a smoothed', 'a smoothed'],
    ['a[step()*2]', 'a[step() * 2]'],
    ['a[max_of(step(),5m)]', 'a[max_of(step(), 5m)]'],
    ['a offset (1m+step())', 'a offset (1m + step())'],
    ['a offset (1m) + 30s', 'a offset (1m) + 30s'],
    ['a offset (1m) + b', 'a offset (1m) + b'],
    ['sum', 'sum'],
    ['sum{a="b"} + by', 'sum{a="b"} + by'],
    ['a and on() b', 'a and on () b'],
  ])('%s', (query, expected) => {
    expect(f(query)).toBe(expected)
    expect(f(expected)).toBe(expected)
  })
})

describe('says what is wrong, in the words of Prometheus', () => {
  test.each([
    ['', 'unknown position: parse error: no expression found in input'],
    [' # nothing', '1:1: parse error: no expression found in input'],
    ['a b', '1:3: parse error: unexpected identifier "b"'],
    ['1 +', '1:4: parse error: unexpected end of input'],
    ['(a', '1:3: parse error: unclosed left parenthesis'],
    ['a)', "1:3: parse error: unexpected right parenthesis ')'"],
    ['a{', '1:3: parse error: unexpected end of input inside braces'],
    ['a{b}', '1:4: parse error: unexpected "}" in label matching, expected label matching operator'],
    ['a{b="c" d="e"}', '1:9: parse error: unexpected identifier "d" in label matching, expected "," or "}"'],
    ['a[5', '1:4: parse error: unclosed left bracket'],
    ['a[', '1:3: parse error: unexpected end of input in duration expression'],
    ['a[b]', "1:3: parse error: unexpected character in duration expression: 'b'"],
    ['a[:1m]', '1:4: parse error: unexpected colon before duration in duration expression'],
    ['a[1m / 0]', '1:6: parse error: division by zero'],
    ['a[300y]', '1:3: parse error: duration out of range'],
    ['sum(a b)', '1:7: parse error: unexpected identifier "b" in aggregation'],
    ['or(a)', '1:3: parse error: unexpected "("'],
    ['by(a)', '1:3: parse error: unexpected "("'],
    ['b a ?', '1:3: parse error: unexpected identifier "a"'],
    ['1_', '1:1: parse error: error parsing number: strconv.ParseFloat: parsing "1_": invalid syntax'],
    ['"\\u12"', "1:1: parse error: illegal character U+0022 '\"' in escape sequence"],
    ['a[0s]', '1:3: parse error: duration must be greater than 0'],
    ['(a)[5m]', '1:4: parse error: ranges only allowed for vector selectors'],
    ['a offset 1m offset 2m', '1:1: parse error: offset may not be set multiple times'],
    ['a @ 1 @ 2', '1:1: parse error: @ <timestamp> may not be set multiple times'],
    ['a offset 1m [5m]', '1:13: parse error: no offset modifiers allowed before range'],
    ['rate(a)', '1:6: parse error: expected type range vector in call to function "rate", got instant vector'],
    ['abs(1, 2)', '1:1: parse error: expected 1 argument(s) in call to "abs", got 2'],
    ['label_join(a, "b")', '1:1: parse error: expected at least 3 argument(s) in call to "label_join", got 2'],
    ['round(a, 1, 2)', '1:1: parse error: expected at most 2 argument(s) in call to "round", got 3'],
    ['nope(a)', '1:1: parse error: unknown function with name "nope"'],
    ['abs(a,)', '1:6: parse error: trailing commas not allowed in function call args'],
    ['sum()', '1:1: parse error: no arguments for aggregate expression provided'],
    ['topk(a)', '1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1'],
    ['topk("a", b)', '1:6: parse error: expected type scalar in aggregation parameter, got string'],
    ['sum(1)', '1:5: parse error: expected type instant vector in aggregation expression, got scalar'],
    ['1 == 1', '1:3: parse error: comparisons between scalars must use BOOL modifier'],
    ['a + bool b', '1:3: parse error: bool modifier can only be used on comparison operators'],
    ['a and 1', '1:1: parse error: set operator "and" not allowed in binary scalar expression'],
    ['a + on(x) 1', '1:1: parse error: vector matching only allowed between instant vectors'],
    ['a + on(x) group_left(x) b', '1:3: parse error: label "x" must not occur in ON and GROUP clause at once'],
    ['a and on(x) group_left() b', '1:1: parse error: no grouping allowed for "and" operation'],
    ['a or fill(0) b', '1:1: parse error: filling in missing series not allowed for set operators'],
    ['a + fill(0) 1', '1:1: parse error: filling in missing series only allowed between instant vectors'],
    ['-"a"', '1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got "string"'],
    ['a{__name__="b"}', '1:1: parse error: metric name must not be set twice: "a" or "b"'],
    ['{a=""}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
    ['{}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
    ['a[5m][5m:]', '1:1: parse error: subquery is only allowed on instant vector, got matrix instead'],
    ['"a', '1:1: parse error: unterminated quoted string'],
    ['"\\q"', "1:1: parse error: unknown escape sequence U+0071 'q'"],
    ['1y2', '1:1: parse error: bad number or duration syntax: "1y2"'],
    ['a =~ b', "1:3: parse error: unexpected character after '=': '~'"],
    ['a ? b', "1:3: parse error: unexpected character: '?'"],
    ['a[5m:1m] anchored', '1:1: parse error: anchored modifier is not supported for subqueries'],
    ['a +\n\n  é', "3:3: parse error: unexpected character: 'é'"],
  ])('%s', (query, message) => {
    expect(why(query)).toBe(message)
  })

  test('columns are counted in bytes', () => {
    expect(why('"é" + + ?')).toMatch(/^1:10: /)
  })

  test.each([
    ['parentheses', `${'('.repeat(10_000)}a${')'.repeat(10_000)}`],
    ['signs', `${'-'.repeat(10_000)}a`],
    ['calls', `${'abs('.repeat(10_000)}a${')'.repeat(10_000)}`],
    ['durations', `a[${'('.repeat(10_000)}1m${')'.repeat(10_000)}]`],
    ['operators', Array(10_000).fill('a').join('+')],
  ])('%s without end are an error, not an exhausted stack', (_, query) => {
    expect(why(query)).toMatch(/expression is nested too deeply$/)
  })
})

test('nearly a thousand operands are within the limit, and so is all that is done with them', async () => {
  const query = Array(990).fill('vector(1)').join(' + ')
  expect(f(query)).toBe(query)
  expect(pretty(parse(query))).toContain('+')
  expect(await queryInstant(query, 0, new MemoryStorage())).toMatchObject({ samples: [{ value: 990 }] })
  const nested = `${'abs('.repeat(990)}vector(-1)${')'.repeat(990)}`
  expect(await queryInstant(nested, 0, new MemoryStorage())).toMatchObject({ samples: [{ value: 1 }] })
})

test('match[] takes a selector and nothing else', () => {
  expect(parseMatchers('up{job="a"}').map((m) => [m.name, m.op, m.value])).toEqual([
    ['job', '=', 'a'],
    ['__name__', '=', 'up'],
  ])
  for (const query of ['up offset 5m', 'up[5m]', 'sum(up)', '1']) expect(() => parseMatchers(query)).toThrow(/parse error: unexpected /)
})

test.each(['x offset (1m - 30s) smoothed % 2', 'x[5m] @ start() offset (step() * 2) anchored', 'x smoothed offset 1m % 2'])(
  '%s prints as itself: an operator after a computed offset is not taken for part of it',
  (text) => {
    expect(print(parse(text))).toBe(text)
  },
)
