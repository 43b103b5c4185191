import { useQuery } from '@tanstack/react-query'
import { TextLink } from '../../ui/link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { EmptyState, Load } from '../../ui/state.tsx'
import { StatusGlyph } from '../../ui/status.tsx'
import { Since, When } from '../../ui/time.tsx'
import { count } from '../../words.ts'
import { stateOf } from '../alerts/words.ts'
import { historyQuery } from '../board/queries.ts'
import { said } from '../board/units.ts'
import type { Alert } from '../board/wire.ts'

const others = (labels: Record<string, string>) =>
  Object.entries(labels)
    .filter(([k]) => k !== 'alertname')
    .map(([k, v]) => `${k}=${v}`)
    .join(', ')
const shownValue = (text: string) => (Number.isFinite(Number(text)) ? said(Number(text), 'short') : text)

/** What is pending or firing now. */
export const SeriesTable = ({ alert: a }: { alert: Alert }) => (
  <Panel title="Now" sub={a.active_count > a.active.length ? `${count(a.active.length)} of ${count(a.active_count)}` : undefined}>
    <ScrollBox label="Series that are pending or firing">
      <table className="w-full border-collapse text-12 [&>tbody>tr:last-child>td]:border-b-0">
        <thead>
          <tr className="text-left text-text-3 [&>th]:h-[30px] [&>th]:border-b [&>th]:border-line-soft [&>th]:px-2.5 [&>th:first-child]:pl-3.5">
            <th>State</th>
            <th>Series</th>
            <th className="text-right">Value</th>
            <th>Active for</th>
          </tr>
        </thead>
        <tbody>
          {a.active.map((s) => (
            <tr
              key={others(s.labels) || s.active_at}
              className="[&>td]:h-9 [&>td]:border-b [&>td]:border-line-soft [&>td]:px-2.5 [&>td:first-child]:pl-3.5"
            >
              <td>
                <StatusGlyph state={stateOf[s.state].state} word={stateOf[s.state].word} />
              </td>
              <td className="max-w-96 truncate">{others(s.labels) || 'the one series'}</td>
              <td className="text-right font-550 whitespace-nowrap">{shownValue(s.value)}</td>
              <td>
                <Since at={s.active_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  </Panel>
)

const words = { INACTIVE: 'ended', PENDING: 'became pending', FIRING: 'fired' }

/** What happened, newest first. */
export function History({ id }: { id: string }) {
  const query = useQuery(historyQuery(id))
  return (
    <Panel title="History" sub="90 days">
      <Load query={query}>
        {({ data }) =>
          data.length ? (
            <ScrollBox label="History of this alert" className="max-h-[520px]">
              <ol className="py-1">
                {data.map((h) => (
                  <li key={`${h.at} ${others(h.labels)} ${h.to}`} className="flex gap-2 px-3.5 py-1.5 text-12">
                    <StatusGlyph state={h.to === 'INACTIVE' ? 'resolved' : stateOf[h.to].state} word="" />
                    <span className="min-w-0 flex-1">
                      <b className="font-550">{others(h.labels) || 'It'}</b>{' '}
                      {h.from === 'PENDING' && h.to === 'INACTIVE' ? 'was fine again before it fired' : words[h.to]}
                      {h.to !== 'INACTIVE' && <> with {shownValue(h.value)}</>}
                      <span className="block text-text-3">
                        <When at={h.at} />
                        {h.incident_id && h.to === 'FIRING' && (
                          <>
                            {' · '}
                            <TextLink href={`/incidents/${h.incident_id}`}>incident</TextLink>
                          </>
                        )}
                      </span>
                    </span>
                  </li>
                ))}
              </ol>
            </ScrollBox>
          ) : (
            <EmptyState title="Nothing yet">
              <p>It has not changed its state in 90 days.</p>
            </EmptyState>
          )
        }
      </Load>
    </Panel>
  )
}
