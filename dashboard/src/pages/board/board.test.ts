import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALL, chosenOf, interpolate } from '../../../../shared/metrics/boards/interpolate.ts'
import { parseMatchers } from '../../../../shared/metrics/promql/syntax/parse.ts'
import { linesOf, nameOf, stepFor } from './data.ts'
import { changesBetween } from './difference.ts'
import { clamped, compact, placed } from './layout.ts'
import { said } from './units.ts'
import type { Board } from './wire.ts'

const hostile = fc.string({ unit: fc.constantFrom('\\', '"', "'", '`', '}', 'a', '|', '.', '\n', '$', '(') })

describe('variables in a query', () => {
  const times = { stepS: 60, rangeS: 3600 }
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: Grafana's own spelling of a variable
  test.each<[string, Record<string, string[]>, string]>([
    ['up{job="$job"}', { job: ['api'] }, 'up{job="api"}'],
    ['up{job=~"${job}"}', { job: ['api', 'db'] }, 'up{job=~"(api|db)"}'],
    ['up{job=~"[[job]]"}', { job: [ALL] }, 'up{job=~".*"}'],
    ['up{i=~"${i:regex}"}', { i: ['a.b', 'c'] }, 'up{i=~"(a\\\\.b|c)"}'],
    ['rate(x[$every])', { every: ['5m'] }, 'rate(x[5m])'],
    ['rate(x[$__rate_interval])', {}, 'rate(x[75s])'],
    ['x[$__range]', {}, 'x[3600s]'],
    ['up{job="$unknown"}', {}, 'up{job="$unknown"}'],
    ['label_replace(x, "a", "$1", "b", "(.*)")', {}, 'label_replace(x, "a", "$1", "b", "(.*)")'],
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: end of the spellings
  ])('%s with %j', (expr, chosen, expected) => {
    expect(interpolate(expr, chosen, times)).toBe(expected)
  })
  test.each(['"', "'", '`'])('any value, in a string of %s, is matched by itself alone', (quote) => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), hostile), { minLength: 1, maxLength: 3 }), (values) => {
        if (values.includes(ALL)) return
        const [matcher, ...more] = parseMatchers(interpolate(`up{job=~${quote}$job${quote}}`, { job: values }, times))
        expect(more).toMatchObject([{ name: '__name__', value: 'up' }])
        for (const value of values) expect(matcher!.matches(value), value).toBe(true)
        expect(matcher!.matches(`${values[0]}?`)).toBe(values.includes(`${values[0]}?`))
      }),
      { numRuns: 300 },
    )
  })
  test('what is no name or number stays a text outside of strings', () => {
    expect(interpolate('topk($n, up)', { n: ['5'] }, times)).toBe('topk(5, up)')
    expect(interpolate('topk($n, up)', { n: ['1, up) or (secret'] }, times)).toBe('topk("1, up\\\\) or \\\\(secret", up)')
  })
  test('the address wins over the default, the default over the first value', () => {
    const v = { type: 'custom' as const, name: 'env', label: '', values: ['a', 'b'], multi: false, include_all: false, default: ['b'] }
    expect([chosenOf(v, 'a', []), chosenOf(v, undefined, []), chosenOf({ ...v, default: [] }, undefined, [])]).toEqual([
      ['a'],
      ['b'],
      ['a'],
    ])
    expect(chosenOf({ ...v, default: [], include_all: true }, undefined, [])).toEqual([ALL])
  })
})

describe('the grid', () => {
  const at = (id: string, x: number, y: number, w: number, h: number) => ({ id, position: { x, y, w, h } })
  test('a panel dropped on others moves them down, and holes close', () => {
    const panels = [at('a', 0, 0, 12, 4), at('b', 12, 0, 12, 4), at('c', 0, 4, 24, 4)]
    const next = placed(panels, 'c', { x: 0, y: 0, w: 24, h: 4 })
    expect(next.map((p) => [p.id, p.position.y])).toEqual([['a', 4], ['b', 4], ['c', 0]]) // biome-ignore format: a list
    expect(compact([at('a', 0, 9, 12, 4)])[0]!.position.y).toBe(0)
  })
  test('nothing ever overlaps, wherever a panel is dropped', () => {
    let seed = 3
    const random = (n: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % n
    }
    let panels = Array.from({ length: 9 }, (_, i) => at(`p${i}`, (i % 3) * 8, Math.floor(i / 3) * 5, 8, 5))
    for (let i = 0; i < 300; i++) {
      panels = placed(panels, `p${random(9)}`, { x: random(30) - 3, y: random(30) - 3, w: random(26), h: random(12) })
      for (const a of panels)
        for (const b of panels)
          if (a !== b)
            expect(
              a.position.x < b.position.x + b.position.w &&
                b.position.x < a.position.x + a.position.w &&
                a.position.y < b.position.y + b.position.h &&
                b.position.y < a.position.y + a.position.h,
            ).toBe(false)
    }
  })
  test('a panel stays within 24 columns and at least 2 × 2', () => {
    expect(clamped({ x: 23, y: -4, w: 6, h: 0 })).toEqual({ x: 18, y: 0, w: 6, h: 2 })
  })
})

test.each([
  [0, 'short', '0'], [1234, 'short', '1,234'], [12_345, 'short', '12.3 k'], [1.5e9, 'short', '1.5 G'], [0.1234, 'share', '12.3 %'], [99.95, 'percent', '100 %'],
  [0.0421, 'seconds', '42.1 ms'], [93, 'seconds', '1.55 m'], [184.4, 'milliseconds', '184 ms'], [5_368_709_120, 'bytes', '5 GiB'], [2048, 'bytes_per_second', '2 KiB/s'],
  [7.14159, 'per_second', '7.14 /s'], [21.456, 'celsius', '21.5 °C'], [null, 'short', 'no data'], [Number.NaN, 'short', 'no data'],
] as const)('%d as %s is said "%s"', (value, unit, expected) => {
  expect(said(value, unit)).toBe(expected)
}) // biome-ignore format: a table

test('answers become lines; what cannot be drawn is a gap', () => {
  const lines = linesOf({ resultType: 'matrix', warnings: [], result: [{ metric: { job: 'a' }, values: [[1, '2'], [2, 'NaN'], [3, '+Inf']] }] }) // biome-ignore format: one answer
  expect(lines).toEqual([{ labels: { job: 'a' }, points: [{ at: 1000, value: 2 }, { at: 2000, value: null }, { at: 3000, value: null }] }]) // biome-ignore format: one line
  expect(linesOf({ resultType: 'scalar', warnings: [], result: [1, '5'] })).toEqual([{ labels: {}, points: [{ at: 1000, value: 5 }] }])
})

test('a line is called by its legend, else by what tells it from the others', () => {
  const lines = [{ job: 'a', env: 'x' }, { job: 'b', env: 'x' }].map((labels) => ({ labels: { __name__: 'up', ...labels }, points: [] })) // biome-ignore format: a list
  expect(nameOf(lines[0]!, '{{job}} in {{env}}', lines, 'A')).toBe('a in x')
  expect(nameOf(lines[0]!, '', lines, 'A')).toBe('job=a')
  expect(nameOf(lines[0]!, '', [lines[0]!], 'A')).toBe('up')
})

test('steps are round', () => {
  expect([stepFor(0, 3_600_000, 700), stepFor(0, 86_400_000, 700), stepFor(0, 30 * 86_400_000, 700)]).toEqual([30_000, 600_000, 14_400_000])
})

test('what differs between two versions is told attribute by attribute, queries by their letter', () => {
  const panel = (id: string, expr: string, more: object = {}) => ({
    id,
    title: id.toUpperCase(),
    queries: [{ ref: 'A', expr }],
    unit: 'short',
    ...more,
  })
  const board = (name: string, panels: object[]) =>
    ({ name, description: '', date_range_from: '-6h', refresh_interval: 0, panels, variables: [] }) as unknown as Board
  const before = board('Shop', [panel('a', 'up'), panel('b', 'x')])
  const now = board('Store', [panel('a', 'sum(up)', { unit: 'bytes' }), panel('c', 'y')])
  expect(changesBetween(before, now)).toEqual([
    { what: 'name', was: 'Shop', is: 'Store' },
    { what: 'Panel B', was: 'there', is: 'removed' },
    { what: 'Panel A: query A', was: 'up', is: 'sum(up)' },
    { what: 'Panel A: unit', was: 'short', is: 'bytes' },
    { what: 'Panel C', was: '—', is: 'added' },
  ])
  expect(changesBetween(now, now)).toEqual([])
})
