import { useInfiniteQuery } from '@tanstack/react-query'
import { ArrowUp, ChevronDown } from 'lucide-react'
import { Fragment } from 'react'
import { places } from '../../../../shared/uptime/regions.ts'
import { useZone } from '../../prefs.ts'
import { saw } from '../../try.ts'
import { Button, Segmented } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { TokenChip } from '../../ui/filter-bar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { EmptyState, Load } from '../../ui/state.tsx'
import { StatusGlyph } from '../../ui/status.tsx'
import { useNow } from '../../ui/time.tsx'
import type { Check, Monitor } from '../../wire.ts'
import { clock, count, day } from '../../words.ts'
import type { View } from './page.tsx'
import { checksQuery } from './queries.ts'
import { inOrder, type Look, looksOf, reason } from './rounds.ts'
import { DecisionTrace } from './trace.tsx'

const cell = 'border-b border-line-soft px-2.5 first:pl-3.5 last:pr-3.5 phone:px-[7px]'

/** Every answer, newest first: one chip for a turn, all for a round; a line opens into its decision. */
export function Checks({ monitor: m, view: [view, setView] }: { monitor: Monitor; view: View }) {
  const zone = useZone()
  const now = useNow(60_000)
  const query = useInfiniteQuery(checksQuery(m.id, { region: view.region, outcome: view.outcome === 'down' ? 'down' : '' }))
  const looks = looksOf(query.data?.pages.flatMap((p) => p.data) ?? [])
  return (
    <Panel
      title="Checks"
      sub="every result kept 13 months"
      actions={
        <>
          {view.region && <TokenChip token={{ key: 'region', value: view.region }} onRemove={() => setView({ region: '' })} />}
          <Segmented
            label="Outcome"
            value={view.outcome}
            options={[
              ['all', 'All'],
              ['down', 'Failed'],
            ]}
            onChange={(outcome) => setView({ outcome })}
          />
        </>
      }
    >
      <Load query={query}>
        {() =>
          looks.length === 0 ? (
            <EmptyState
              title={view.outcome === 'down' || view.region ? 'Nothing matches' : 'No checks yet'}
              waiting={view.outcome === 'down' || view.region ? undefined : 'Waiting for the first check.'}
            >
              {(view.outcome === 'down' || view.region) && (
                <Button onClick={() => setView({ outcome: 'all', region: '' })}>Show all checks</Button>
              )}
            </EmptyState>
          ) : (
            <>
              <ScrollBox label="Checks, newest first">
                <table className="w-full border-collapse [&>tbody>tr:last-child>td]:border-b-0">
                  <thead>
                    <tr className="[&>th]:h-[30px] [&>th]:text-12 [&>th]:whitespace-nowrap [&>th]:text-text-3">
                      <th className={cell}>Time</th>
                      <th className={cell}>Verdict</th>
                      <th className={cell}>Regions</th>
                      <th className={cx(cell, 'text-right')}>Slowest</th>
                      <th className={cell}>Why</th>
                      <th className={cell}>
                        <span className="sr-only">Open</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {looks.map((look, i) => (
                      <Fragment key={look.id}>
                        <Row
                          look={look}
                          monitor={m}
                          zone={zone}
                          now={now}
                          open={view.open === look.id}
                          toggle={() => setView({ open: view.open === look.id ? '' : look.id })}
                        />
                        {view.open === look.id && (
                          <tr>
                            <td colSpan={6} className="border-b border-line-soft bg-sunken px-3.5 pt-3 pb-3.5 [--knock:var(--sunken)]">
                              <DecisionTrace look={look} earlier={looks[i + 1]} monitor={m} />
                            </td>
                          </tr>
                        )}
                      </Fragment>
                    ))}
                  </tbody>
                </table>
              </ScrollBox>
              {query.hasNextPage && (
                <div className="border-t border-line-soft p-2">
                  <Button kind="ghost" busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
                    {query.isFetchingNextPage ? 'Reading' : 'Earlier checks'}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Load>
    </Panel>
  )
}

type RowProps = { look: Look; monitor: Monitor; zone: string; now: number; open: boolean; toggle: () => void }

function Row({ look, monitor, zone, now, open, toggle }: RowProps) {
  const at = Date.parse(look.at)
  const changed = look.before !== null && look.verdict !== 'validating'
  const old = now - at > 86_400_000
  return (
    <tr
      onClick={toggle}
      className={cx('cursor-pointer', open ? 'bg-accent-soft shadow-[inset_2px_0_0_var(--accent-solid)]' : 'hover:bg-hover')}
    >
      <td className={cx(cell, 'h-(--row-m) font-mono text-12 whitespace-nowrap')}>
        <time dateTime={look.at}>
          {old && `${day(at, zone, now)} `}
          {clock(at, zone)}
        </time>
      </td>
      <td className={cell}>
        <StatusGlyph state={look.verdict} />
      </td>
      <td className={cell}>
        <span className="grid grid-flow-col auto-cols-[64px] gap-1">
          {inOrder(look, monitor.regions).map((check, i) =>
            check ? <Chip key={check.region} check={check} /> : <span key={monitor.regions[i]} />,
          )}
        </span>
      </td>
      <td className={cx(cell, 'text-right whitespace-nowrap')}>
        {count(look.slowestMs)} <span className="text-text-3">ms</span>
      </td>
      <td className={cx(cell, 'min-w-44', changed ? 'font-550' : 'text-text-2')}>{reason(look)}</td>
      <td className={cx(cell, 'text-right')}>
        <button
          type="button"
          aria-expanded={open}
          aria-label={`Why, at ${clock(at, zone)}`}
          className="grid size-6 place-items-center text-text-3"
        >
          <Icon of={open ? ArrowUp : ChevronDown} />
        </button>
      </td>
    </tr>
  )
}

const Chip = ({ check }: { check: Check }) => (
  <span
    title={`${places[check.region].label}: ${saw(check)}`}
    className={cx(
      'flex h-[22px] items-center gap-1 overflow-hidden rounded-1 border px-1.5 font-mono text-11 leading-none whitespace-nowrap',
      check.outcome === 'down' ? 'border-down-line bg-down-soft text-down' : 'border-line text-text-2',
    )}
  >
    {check.region} {saw(check)}
  </span>
)
