import { expect, test } from 'vitest'
import { fromGrafana } from './grafana.ts'
import { NewBoard } from './schema.ts'

const panel = (more: object = {}) => ({
  id: 2, type: 'timeseries', title: 'Requests', gridPos: { x: 12, y: 3, w: 12, h: 9 },
  targets: [{ refId: 'A', expr: 'sum by (job) (rate(http_requests_total[$__rate_interval]))', legendFormat: '{{job}}' }],
  fieldConfig: { defaults: { unit: 'reqps', decimals: 1, min: 0, thresholds: { mode: 'absolute', steps: [{ color: 'green', value: null }, { color: 'red', value: 80 }] }, custom: { stacking: { mode: 'normal' } } } },
  options: {}, ...more,
}) // biome-ignore format: a panel

test('a time series keeps its queries, unit, thresholds, stacking and place', () => {
  const { board, findings } = fromGrafana({ title: 'Shop', panels: [panel()], time: { from: 'now-24h', to: 'now' }, refresh: '30s' })
  expect(findings).toEqual([])
  expect(board).toMatchObject({ name: 'Shop', date_range_from: '-24h', refresh_interval: 30 })
  expect(board.panels).toMatchObject([
    {
      id: 'p2', type: 'timeseries', title: 'Requests', unit: 'per_second', decimals: 1, min: 0, stacked: true, thresholds: [{ value: 80, tone: 'down' }],
      position: { x: 12, y: 3, w: 12, h: 9 }, queries: [{ ref: 'A', legend: '{{job}}' }],
    },
  ]) // biome-ignore format: a panel
})

test.each([
  ['timeseries', 'timeseries'], ['graph', 'timeseries'], ['stat', 'stat'], ['singlestat', 'stat'], ['gauge', 'gauge'], ['table', 'table'], ['barchart', 'bar'],
  ['bargauge', 'bar'], ['piechart', 'bar'], ['heatmap', 'heatmap'], ['text', 'text'],
])('a panel of the kind %s is a %s', (from, to) => {
  expect(fromGrafana({ panels: [panel({ type: from })] }).board.panels?.[0]?.type).toBe(to)
}) // biome-ignore format: a table

test('rows become sections, open and collapsed ones; old dashboards have their panels in rows of spans', () => {
  const { board } = fromGrafana({
    panels: [
      panel({ id: 1 }),
      { type: 'row', title: 'Below' },
      panel({ id: 2 }),
      { type: 'row', title: 'Folded', collapsed: true, panels: [panel({ id: 3 })] },
    ],
  })
  expect(board.panels?.map((p) => [p.id, p.section])).toEqual([['p1', ''], ['p2', 'Below'], ['p3', 'Folded']]) // biome-ignore format: a list
  const old = fromGrafana({
    rows: [
      {
        title: 'R',
        height: '250px',
        panels: [
          panel({ id: 1, span: 6, gridPos: null }),
          panel({ id: 2, span: 6, gridPos: null }),
          panel({ id: 3, span: 12, gridPos: null }),
        ],
      },
    ],
  })
  expect(old.board.panels?.map((p) => p.position)).toEqual([{ x: 0, y: 0, w: 12, h: 8 }, { x: 12, y: 0, w: 12, h: 8 }, { x: 0, y: 8, w: 24, h: 8 }]) // biome-ignore format: a list
})

test('variables: label values, lists and intervals come over, others are named', () => {
  const { board, findings } = fromGrafana({
    templating: {
      list: [
        {
          name: 'job',
          type: 'query',
          query: 'label_values(up{env="prod"}, job)',
          multi: true,
          includeAll: true,
          current: { value: ['$__all'] },
        },
        { name: 'env', type: 'custom', query: 'prod, stage', current: { value: 'prod' } },
        { name: 'every', type: 'interval', query: '1m,5m,1h' },
        { name: 'ds', type: 'datasource', query: 'prometheus' },
        { name: 'odd', type: 'query', query: 'query_result(up)' },
        { name: 'free', type: 'adhoc' },
      ],
    },
  })
  expect(board.variables).toMatchObject([
    { name: 'job', type: 'query', label_name: 'job', match: 'up{env="prod"}', multi: true, include_all: true, default: [] },
    { name: 'env', type: 'custom', values: ['prod', 'stage'], default: ['prod'] },
    { name: 'every', type: 'interval', values: ['1m', '5m', '1h'] },
  ])
  expect(findings.map((f) => f.path)).toEqual(['templating.list.4.query', 'templating.list.5'])
})

test('all that is not taken over is told by its path', () => {
  const { findings } = fromGrafana({
    annotations: { list: [{ builtIn: 0 }] },
    panels: [
      panel({ type: 'news' }),
      panel({
        alert: {},
        transformations: [{}],
        fieldConfig: { defaults: { unit: 'parsec' }, overrides: [{}] },
        targets: [{ refId: 'A', rawSql: 'x' }],
      }),
    ],
    time: { from: '2020-01-01' },
  })
  expect(findings.map((f) => f.path)).toEqual([
    'panels.0.type', 'panels.1.unit', 'panels.1.transformations', 'panels.1.overrides', 'panels.1.alert', 'panels.1.targets.0', 'annotations', 'time.from',
  ]) // biome-ignore format: a list
})

test('whatever JSON it is, what comes out is a dashboard', () => {
  let seed = 7
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const words = [
    'panels',
    'rows',
    'title',
    'type',
    'targets',
    'gridPos',
    'x',
    'w',
    'templating',
    'list',
    'fieldConfig',
    'defaults',
    'thresholds',
    'steps',
    'value',
    'timeseries',
    'row',
    'text',
    'expr',
    '__proto__',
    'constructor',
    'span',
    'height',
    'query',
    'custom',
    'name',
  ]
  const word = () => words[Math.floor(random() * words.length)] as string
  const any = (deep: number): unknown => {
    const r = random()
    if (deep <= 0 || r < 0.25) return [null, 1e308, -1, 0.5, '', word(), 'now-6h', '\u0000\u202e', true][Math.floor(random() * 9)]
    if (r < 0.55) return Array.from({ length: Math.floor(random() * 5) }, () => any(deep - 1))
    return Object.fromEntries(Array.from({ length: Math.floor(random() * 8) }, () => [word(), any(deep - 1)]))
  }
  for (let i = 0; i < 1000; i++) {
    const given = { ...(any(6) as object), title: any(1), panels: any(6) }
    const result = NewBoard.safeParse(fromGrafana(given).board)
    expect(result.success, JSON.stringify(given)).toBe(true)
  }
})
