import { variablesOf } from './grafana-variables.ts'
import { type Json, list, number, object, text } from './json.ts'
import { GRID_COLUMNS, type NewBoard, type PanelType, type Unit } from './schema.ts'

export type Finding = { path: string; message: string }
type Panel = NonNullable<NewBoard['panels']>[number]

/** Bounds of what is looked at; more is reported and left out. */
const PANELS_MAX = 100
const FINDINGS_MAX = 200
/** Grafana's row of 30 px and ours are the same height. */
const OLD_ROW_PX = 30

/** What a panel of Grafana becomes. */
const types: Record<string, PanelType> = {
  timeseries: 'timeseries', graph: 'timeseries', stat: 'stat', singlestat: 'stat', gauge: 'gauge', table: 'table', 'table-old': 'table', text: 'text',
  barchart: 'bar', bargauge: 'bar', piechart: 'bar', 'grafana-piechart-panel': 'bar', heatmap: 'heatmap', 'state-timeline': 'timeseries',
} // biome-ignore format: a table
/** Kinds that are shown as something near to what they were. */
const near: Record<string, string> = { piechart: 'a bar chart', 'grafana-piechart-panel': 'a bar chart', 'state-timeline': 'a time series' }
const units: Record<string, Unit> = {
  none: 'none', short: 'short', percent: 'percent', percentunit: 'share', s: 'seconds', ms: 'milliseconds', bytes: 'bytes', decbytes: 'bytes',
  Bps: 'bytes_per_second', binBps: 'bytes_per_second', ops: 'per_second', reqps: 'per_second', rps: 'per_second', cps: 'per_second', wps: 'per_second', celsius: 'celsius',
} // biome-ignore format: a table
const tones: Record<string, 'up' | 'warn' | 'down'> = {
  green: 'up', 'dark-green': 'up', 'semi-dark-green': 'up', yellow: 'warn', orange: 'warn', 'dark-orange': 'warn', 'semi-dark-orange': 'warn', 'dark-yellow': 'warn',
  red: 'down', 'dark-red': 'down', 'semi-dark-red': 'down',
} // biome-ignore format: a table
const reduces: Record<string, Panel['reduce']> = {
  last: 'last', lastNotNull: 'last', current: 'last', mean: 'mean', avg: 'mean', min: 'min', max: 'max', sum: 'sum', total: 'sum',
} // biome-ignore format: a table

/**
 * Grafana's dashboard JSON (schemaVersion 8 to 41) as ours. Nothing of it is trusted: what has another shape than expected counts as
 * absent, what is not understood is listed by its path. Only known paths are read, one level of rows deep.
 */
export function fromGrafana(given: Json): { board: NewBoard; findings: Finding[] } {
  const board = object(given.dashboard) && !given.panels ? (given.dashboard as Json) : given
  const findings: Finding[] = []
  const say = (path: string, message: string) => {
    if (findings.length < FINDINGS_MAX) findings.push({ path: path.slice(0, 200), message: message.slice(0, 300) })
  }
  const found = panelsIn(board)
  if (found.length > PANELS_MAX) say('panels', `${found.length} panels; the first ${PANELS_MAX} were taken.`)
  const used = new Set<string>()
  const panels = found.slice(0, PANELS_MAX).flatMap(({ panel, path, section, fallback }) => {
    const made = panelOf(panel, path, section, fallback, say)
    if (!made) return []
    while (used.has(made.id)) made.id = `${made.id.slice(0, 50)}-${used.size}`
    used.add(made.id)
    return [made]
  })
  if (list(object(board.annotations)?.list).some((a) => object(a)?.builtIn !== 1)) say('annotations', 'Annotations are not taken over.')
  if (list(board.links).length) say('links', 'Links of the dashboard are not taken over.')
  const from = text(object(board.time)?.from)
  const range = /^now-(\d{1,4})([mhd])$/.exec(from)
  if (from && !range) say('time.from', 'This range is not one that ends now; the last 6 h are shown instead.')
  return {
    board: {
      name: oneLine(text(board.title), 200) || 'Imported dashboard',
      description: text(board.description).slice(0, 5000),
      panels,
      variables: variablesOf(list(object(board.templating)?.list), say),
      date_range_from: range ? `-${Number(range[1])}${range[2]}` : '-6h',
      refresh_interval: refreshOf(text(board.refresh)),
    },
    findings,
  }
}

type Found = { panel: Json; path: string; section: string; fallback: { x: number; y: number; w: number; h: number } }

/** Panels with where they stand; a row is the section of what follows it. Rows of old dashboards hold their panels by spans of 12. */
function panelsIn(board: Json): Found[] {
  const found: Found[] = []
  let section = ''
  for (const [i, p] of list(board.panels).slice(0, 1000).entries()) {
    const panel = object(p)
    if (!panel) continue
    const fallback = { x: (i % 2) * 12, y: Math.floor(i / 2) * 8, w: 12, h: 8 }
    if (panel.type !== 'row') {
      found.push({ panel, path: `panels.${i}`, section, fallback })
      continue
    }
    section = oneLine(text(panel.title), 200)
    for (const [j, q] of list(panel.panels).slice(0, 1000).entries()) {
      const inner = object(q)
      if (inner) found.push({ panel: inner, path: `panels.${i}.panels.${j}`, section, fallback })
    }
  }
  let y = 0
  for (const [i, r] of list(board.rows).slice(0, 200).entries()) {
    const row = object(r)
    const px = number(row?.height) ?? Number.parseInt(text(row?.height), 10)
    const height = Math.min(60, Math.max(4, Math.round((px || 250) / OLD_ROW_PX)))
    let x = 0
    for (const [j, q] of list(row?.panels).slice(0, 100).entries()) {
      const panel = object(q)
      if (!panel) continue
      const w = Math.min(GRID_COLUMNS, Math.max(2, Math.round((number(panel.span) ?? 12) * 2)))
      if (x + w > GRID_COLUMNS) {
        x = 0
        y += height
      }
      found.push({ panel, path: `rows.${i}.panels.${j}`, section: oneLine(text(row?.title), 200), fallback: { x, y, w, h: height } })
      x += w
    }
    y += height
  }
  return found
}

function panelOf(
  p: Json,
  path: string,
  section: string,
  fallback: Found['fallback'],
  say: (path: string, message: string) => void,
): Panel | null {
  const kind = text(p.type)
  const type = Object.hasOwn(types, kind) ? types[kind] : undefined
  if (!type) {
    say(
      `${path}.type`,
      `Panels of the kind “${kind.slice(0, 60) || 'none'}” are not drawn here; “${text(p.title).slice(0, 80)}” was left out.`,
    )
    return null
  }
  if (near[kind]) say(`${path}.type`, `“${text(p.title).slice(0, 80)}” is shown as ${near[kind]}.`)
  const defaults = object(object(p.fieldConfig)?.defaults)
  const options = object(p.options)
  const unit = text(defaults?.unit) || text(object(list(p.yaxes)[0])?.format) || text(p.format)
  if (unit && !Object.hasOwn(units, unit)) say(`${path}.unit`, `The unit “${unit.slice(0, 40)}” is not known; numbers are shown plain.`)
  if (list(p.transformations).length) say(`${path}.transformations`, 'Transformations are not taken over.')
  if (list(object(p.fieldConfig)?.overrides).length) say(`${path}.overrides`, 'Overrides of single series are not taken over.')
  if (object(p.alert)) say(`${path}.alert`, 'The alert of this panel is not taken over; create one from its query.')
  const calc = text(list(object(options?.reduceOptions)?.calcs)[0]) || text(p.valueName)
  const stacking = object(object(defaults?.custom)?.stacking)
  const id = number(p.id)
  return {
    id: id !== null && Number.isSafeInteger(id) && id >= 0 ? `p${id}` : path.replace(/\W/g, '-').slice(0, 60),
    title: oneLine(text(p.title), 200),
    description: text(p.description).slice(0, 2000),
    type,
    queries: type === 'text' ? [] : queriesOf(list(p.targets), path, say),
    unit: (Object.hasOwn(units, unit) ? units[unit] : undefined) ?? 'short',
    decimals: whole(defaults?.decimals ?? p.decimals, 10),
    thresholds: thresholdsOf(object(defaults?.thresholds), `${path}.thresholds`, say),
    min: number(defaults?.min),
    max: number(defaults?.max),
    stacked: p.stack === true || (stacking !== null && text(stacking.mode) !== '' && text(stacking.mode) !== 'none'),
    reduce: (Object.hasOwn(reduces, calc) ? reduces[calc] : undefined) ?? 'last',
    text: type === 'text' ? (text(options?.content) || text(p.content)).slice(0, 20_000) : '',
    section,
    position: positionOf(object(p.gridPos), fallback),
  }
}

function queriesOf(targets: unknown[], path: string, say: (path: string, message: string) => void): Panel['queries'] {
  const used = new Set<string>()
  return targets.slice(0, 20).flatMap((t, i) => {
    const target = object(t)
    const expr = text(target?.expr)
    if (!target || !expr) {
      say(`${path}.targets.${i}`, 'A query that is not PromQL was left out.')
      return []
    }
    let ref = /^[A-Za-z0-9_]{1,20}$/.test(text(target.refId)) ? text(target.refId) : `Q${i}`
    while (used.has(ref)) ref = `Q${i}_${used.size}`
    used.add(ref)
    const legend = text(target.legendFormat)
    return [{ ref, expr: expr.slice(0, 20_000), legend: legend === '__auto' ? '' : legend.slice(0, 500), instant: target.instant === true, hidden: target.hide === true }] // biome-ignore format: one shape
  })
}

function thresholdsOf(given: Json | null, path: string, say: (path: string, message: string) => void): Panel['thresholds'] {
  if (!given) return []
  if (text(given.mode) === 'percentage') {
    say(path, 'Thresholds in percent of the axis are not taken over.')
    return []
  }
  return list(given.steps).slice(0, 10).flatMap((s) => {
    const step = object(s)
    const value = number(step?.value)
    const colour = text(step?.color)
    return value === null ? [] : [{ value, tone: (Object.hasOwn(tones, colour) ? tones[colour] : undefined) ?? 'warn' }]
  }) // biome-ignore format: one thought
}

function positionOf(pos: Json | null, fallback: Found['fallback']) {
  const within = (v: unknown, min: number, max: number, otherwise: number) =>
    Math.min(max, Math.max(min, Math.round(number(v) ?? otherwise)))
  const w = within(pos?.w, 1, GRID_COLUMNS, fallback.w)
  return {
    x: within(pos?.x, 0, GRID_COLUMNS - w, Math.min(fallback.x, GRID_COLUMNS - w)),
    y: within(pos?.y, 0, 10_000, fallback.y),
    w,
    h: within(pos?.h, 1, 60, fallback.h),
  }
}

const whole = (v: unknown, max: number): number | null => {
  const n = number(v)
  return n === null || n < 0 ? null : Math.min(max, Math.round(n))
}
/** "30s", "5m": seconds; anything else is off. */
const refreshOf = (given: string): number => {
  const [, n, unit] = /^(\d{1,5})([smh])$/.exec(given) ?? []
  return n ? Math.min(86_400, Number(n) * { s: 1, m: 60, h: 3600 }[unit as 's']) : 0
}
export const oneLine = (given: string, max: number): string =>
  given
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, max)
