import { places } from '../../../../shared/uptime/regions.ts'
import { SmallBars, Sparkline } from '../../ui/bars.tsx'
import { cx } from '../../ui/cx.ts'
import { To } from '../../ui/link.tsx'
import { StatusGlyph } from '../../ui/status.tsx'
import type { Column } from '../../ui/table.tsx'
import { Ago } from '../../ui/time.tsx'
import type { Monitor, Policy } from '../../wire.ts'
import { count, host, percent } from '../../words.ts'
import { every } from './every.ts'
import type { Line } from './use-rows.ts'

/** "GET api.example.com/v1", "keyword “ready” at example.com". */
export const whatIsChecked = (m: Pick<Monitor, 'monitor_type' | 'http_method' | 'required_keyword' | 'url'>): string =>
  m.monitor_type === 'keyword'
    ? `keyword “${m.required_keyword}” at ${host(m.url)}`
    : m.monitor_type === 'keyword_absence'
      ? `no “${m.required_keyword}” at ${host(m.url)}`
      : `${m.http_method} ${host(m.url)}`

const of =
  (cell: (line: Extract<Line, { kind: 'monitor' }>) => React.ReactNode) =>
  (line: Line): React.ReactNode =>
    line.kind === 'monitor' && cell(line)

type Options = { policies: readonly Policy[]; picked?: ReadonlySet<string>; onPick?: (id: string) => void }

/** Columns of the list; which of them a person hides is kept in this browser. */
export const columnsOf = ({ policies, picked, onPick }: Options): Column<Line>[] => [
  {
    id: 'state',
    head: 'State',
    className: 'relative w-[124px] phone:w-[126px]',
    cell: of(({ monitor }) => (
      <>
        {onPick && (
          <label
            className={cx(
              'absolute inset-y-0 left-0 grid w-6 place-items-center phone:hidden',
              picked?.size ? '' : 'opacity-0 focus-within:opacity-100 in-[tr:hover]:opacity-100',
            )}
          >
            <input
              type="checkbox"
              aria-label={`Select ${monitor.name}`}
              checked={picked?.has(monitor.id) ?? false}
              onChange={() => onPick(monitor.id)}
              className="m-0 size-3 accent-accent-solid"
            />
          </label>
        )}
        <span
          className={cx(
            'inline-block',
            onPick && 'transition-[translate] duration-(--fast) in-[tr:hover]:translate-x-2 phone:translate-none',
            picked !== undefined && picked.size > 0 && 'translate-x-2',
          )}
        >
          <StatusGlyph state={monitor.status} />
        </span>
      </>
    )),
  },
  {
    id: 'name',
    head: 'Monitor',
    cell: of(({ monitor }) => (
      <To href={`/monitors/${monitor.id}`} className="flex min-w-0 items-baseline gap-2 phone:block">
        <span className="max-w-[70%] flex-none truncate font-550 phone:block phone:max-w-none">{monitor.name}</span>
        <small className="min-w-0 flex-1 truncate text-12 text-text-3 phone:block">{whatIsChecked(monitor)}</small>
      </To>
    )),
  },
  {
    id: 'bars',
    head: (
      <span className="flex justify-between">
        <span>24 h ago</span>
        <span>now</span>
      </span>
    ),
    className: 'w-[166px] phone:hidden',
    cell: of(({ monitor, summary }) => summary && <SmallBars states={summary.bars} label={`Last 24 hours of ${monitor.name}`} />),
  },
  {
    id: 'p95',
    head: 'p95, 24 h',
    numeric: true,
    className: 'w-[152px] below-1000:hidden',
    cell: of(({ monitor, summary }) =>
      summary?.p95_ms == null ? (
        '–'
      ) : (
        <span className="flex items-center justify-end gap-2.5">
          <Sparkline values={summary.sparkline} alarm={monitor.status === 'down'} />
          <span className="min-w-[62px]">
            {count(Math.round(summary.p95_ms))} <span className="text-text-3">ms</span>
          </span>
        </span>
      ),
    ),
  },
  {
    id: 'uptime',
    head: 'Uptime, 30 d',
    numeric: true,
    className: 'w-[102px] phone:w-[92px]',
    cell: of(({ summary }) => percent(summary?.availability_30d)),
  },
  {
    id: 'every',
    head: 'Every',
    numeric: true,
    className: 'w-[58px] phone:hidden',
    cell: of(({ monitor }) => every(monitor.check_frequency)),
  },
  {
    id: 'regions',
    head: 'Regions',
    className: 'w-[108px] below-1280:hidden',
    cell: of(({ monitor }) => (
      <span className="font-mono text-12" title={monitor.regions.map((r) => places[r].label).join(', ')}>
        {monitor.regions.join(' ')}
      </span>
    )),
  },
  {
    id: 'last',
    head: 'Last check',
    numeric: true,
    className: 'w-[96px] text-text-2 below-1000:hidden',
    cell: of(({ monitor }) =>
      monitor.last_checked_at ? <Ago at={monitor.last_checked_at} /> : monitor.status === 'pending' ? 'soon' : '–',
    ),
  },
  {
    id: 'pages',
    head: 'Pages',
    className: 'w-[108px] truncate text-text-2 below-1280:hidden',
    cell: of(
      ({ monitor }) => policies.find((p) => (monitor.policy_id ? p.id === monitor.policy_id : p.is_default))?.name ?? 'Team default',
    ),
  },
]

/** Columns that may be hidden, with their names. */
export const hideable: readonly (readonly [id: string, name: string])[] = [
  ['bars', '24 h'],
  ['p95', 'p95'],
  ['uptime', 'Uptime, 30 d'],
  ['every', 'Every'],
  ['regions', 'Regions'],
  ['last', 'Last check'],
  ['pages', 'Pages'],
]
