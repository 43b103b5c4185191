import { places } from '../../../../shared/uptime/regions.ts'
import { useZone } from '../../prefs.ts'
import { saw } from '../../try.ts'
import { cx } from '../../ui/cx.ts'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Shape, StatusGlyph, states, toneText } from '../../ui/status.tsx'
import type { Monitor } from '../../wire.ts'
import { and, count } from '../../words.ts'
import type { Look } from './rounds.ts'
import { story } from './story.ts'

const th = 'h-6 border-b border-line pr-2 text-left text-11 font-normal text-text-3'
const td = 'h-[26px] border-b border-line-soft pr-2 text-12'

/** An opened check: what each region saw and how it voted, and the sentences of the decision. */
export function DecisionTrace({ look, earlier, monitor }: { look: Look; earlier: Look | undefined; monitor: Monitor }) {
  const slowest = Math.max(1, look.slowestMs)
  const zone = useZone()
  const excerpts = Map.groupBy(
    look.checks.filter((c) => c.excerpt),
    (c) => c.excerpt,
  )
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-[minmax(0,1fr)_292px] gap-5 narrow:grid-cols-[minmax(0,1fr)] phone:max-w-[calc(100vw-60px)]">
        <ScrollBox label="Votes of the regions" className="min-w-0">
          <table className="w-full border-collapse">
            <thead>
              <tr>
                <th className={th}>Region</th>
                <th className={th}>Status</th>
                <th className={cx(th, 'text-right')}>Total</th>
                <th className={cx(th, 'w-40 phone:hidden')}>First byte, body</th>
                <th className={th}>Error</th>
                <th className={th}>Vote</th>
              </tr>
            </thead>
            <tbody>
              {look.checks.map((c) => (
                <tr key={c.id}>
                  <td className={cx(td, 'whitespace-nowrap')}>
                    {places[c.region].label} <span className="font-mono text-text-3">{c.region}</span>
                    {c.colo && <span className="font-mono text-text-3"> in {c.colo}</span>}
                  </td>
                  <td className={cx(td, c.outcome === 'down' && 'font-550 text-down')}>{c.status_code ?? '–'}</td>
                  <td className={cx(td, 'text-right whitespace-nowrap')}>
                    {count(c.response_time_ms)} <span className="text-text-3">ms</span>
                  </td>
                  <td className={cx(td, 'phone:hidden')}>
                    <Phases total={c.response_time_ms} first={c.ttfb_ms} of={slowest} />
                  </td>
                  <td className={td}>{c.error ?? '–'}</td>
                  <td className={td}>
                    <StatusGlyph state={c.outcome} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
        <ol className="text-12 leading-[18px]">
          {story(look, earlier, monitor, zone).map((said) => (
            <li key={said.bold} className="grid grid-cols-[18px_minmax(0,1fr)] py-[3px] text-text-2">
              <span className={cx('pt-0.5', toneText[states[said.state].tone])}>
                <Shape state={said.state} />
              </span>
              <span>
                <b className="font-550 text-text">{said.bold}</b>
                {/^[.,]/.test(said.rest) ? said.rest : ` ${said.rest}`}
              </span>
            </li>
          ))}
        </ol>
      </div>
      {[...excerpts].map(([text, checks]) => (
        <figure key={text} className="min-w-0">
          <figcaption className="mb-1 text-12 text-text-3">
            What {and(checks.map((c) => places[c.region].label))} got ({saw(checks[0]!)}), first 2 KB, secrets masked
          </figcaption>
          <ScrollBox
            label={`Answer to ${and(checks.map((c) => places[c.region].label))}`}
            className="max-h-40 rounded-2 border border-line-soft bg-surface px-2.5 py-2 font-mono text-12 leading-[18px] whitespace-pre-wrap [overflow-wrap:anywhere] phone:max-w-[calc(100vw-60px)]"
          >
            {text}
          </ScrollBox>
        </figure>
      ))}
    </div>
  )
}

/** Time to the first byte, then the body; only what the runtime gives. */
const Phases = ({ total, first, of }: { total: number; first: number | null; of: number }) => (
  <span
    className="flex h-2 gap-px overflow-hidden rounded-[2px]"
    style={{ width: `${Math.max(2, (total / of) * 100)}%` }}
    title={first === null ? `${total} ms` : `first byte ${first} ms, body ${total - first} ms`}
  >
    <i className="block bg-s7" style={{ width: `${((first ?? total) / Math.max(1, total)) * 100}%` }} />
    <i className="block flex-1 bg-s4" />
  </span>
)
