import { ChevronLeft, ChevronRight, CircleCheck, TriangleAlert } from 'lucide-react'
import { useZone } from '../../prefs.ts'
import { Button, Segmented } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Load } from '../../ui/state.tsx'
import { clock, offset, plural } from '../../words.ts'
import { daysFrom, type GridDay, mondayOf, moved, position, type Span } from './days.ts'
import { type Bar, Chooser, Lane } from './lane.tsx'
import { type Cover, type Quality, type Schedule, type Shift, useCovers, useGrid, useOverrides, useQuality } from './queries.ts'
import { at, initials, layerWords, span } from './say.ts'

type Props = {
  schedule: Schedule
  now: number
  view: { from: string; span: Span }
  setView: (patch: { from?: string; span?: Span }) => void
  nameOf: (user: string) => string
  colourOf: (user: string) => string
  /** Absent for those who may not change anything. */
  choose: ((from: number, to: number) => void) | null
}

/** The schedule as it is drawn: overrides, layers, and who is really paged; gaps are red. In the schedule's own zone. */
export function Grid({ schedule, now, view, setView, nameOf, colourOf, choose }: Props) {
  const own = useZone()
  const zone = schedule.timezone
  const monday = mondayOf(view.from, zone, now)
  const days = daysFrom(monday, view.span, zone, now)
  const [from, to] = [days[0]!.from, days.at(-1)!.to]
  const { final, layers } = useGrid(schedule, from, to)
  const overrides = useOverrides(schedule.id, from, to)
  const covers = useCovers(schedule.id)
  const quality = useQuality(schedule.id)
  const bar = (s: Shift): Bar => {
    const [a, b, name] = [Date.parse(s.start_time), Date.parse(s.end_time), nameOf(s.user_id)]
    const why = s.cover_request_id ? ', covers' : s.is_override ? ', override' : ''
    return {
      key: s.id + s.user_id,
      from: a,
      to: b,
      name,
      short: initials(name),
      colour: colourOf(s.user_id),
      title: `${name}${why}, ${span(a, b, zone, now)}`,
    }
  }
  const set = overrides.data ?? []
  const asked = covers.data ?? []
  const step = view.span === '2w' ? 14 : 35
  return (
    <Panel
      title={`${schedule.name} schedule`}
      sub={<span className="phone:hidden">times in {zone} ({offset(now, zone)}){zone === own ? ', same as yours' : `, yours is ${own}`}</span>}
      actions={
        <>
          <Button keys="t" onClick={() => setView({ from: '' })}>Today</Button>
          <Button icon={ChevronLeft} aria-label="Earlier" onClick={() => setView({ from: moved(monday, -step) })} />
          <Button icon={ChevronRight} aria-label="Later" onClick={() => setView({ from: moved(monday, step) })} />
          <Segmented label="Span" value={view.span} options={[['2w', '2 w'], ['month', 'Month']]} onChange={(s) => setView({ span: s })} className="phone:hidden" />
        </>
      }
    >
      <ScrollBox label={`${schedule.name} from ${at(from, zone, now)} to ${at(to, zone, now)}`}>
        <div className="relative min-w-[720px] [--lab:142px] phone:[--lab:92px]">
          <Head days={days} />
          <Lane title="Overrides" sub={overridesWords(set.length, asked.length)} days={days} bars={[...set.map((o): Bar => {
            const [a, b, name] = [Date.parse(o.start_time), Date.parse(o.end_time), nameOf(o.user_id)]
            return { key: o.id, from: a, to: b, name, short: initials(name), colour: colourOf(o.user_id), look: 'override', title: `${name}${o.replaces ? ` for ${nameOf(o.replaces)}` : ''}, ${span(a, b, zone, now)}` }
          }), ...asked.map((c: Cover): Bar => {
            const [a, b] = [Date.parse(c.from), Date.parse(c.to)]
            return { key: c.id, from: a, to: b, name: '?', short: '?', colour: colourOf(c.user_id), look: 'asked', title: `${nameOf(c.user_id)} asks for cover, ${span(a, b, zone, now)}` }
          })]} />
          {schedule.layers.map((l, i) => (
            <Lane key={l.id} title={l.name} sub={layerWords(l, zone, now)} days={days} bars={(layers[i]?.data ?? []).map(bar)} />
          ))}
          <Lane strong title="Who is paged" sub="after all layers" days={days} bars={[...(final.data ?? []).map(bar), ...(final.data ? gaps(final.data, from, to, zone, now) : [])]}>
            {choose && <Chooser days={days} start={Math.ceil(Math.max(now, from) / 3_600_000) * 3_600_000} say={(a, b) => span(a, b, zone, now)} choose={choose} />}
          </Lane>
          {now >= from && now < to && <NowLine days={days} now={now} zone={zone} />}
        </div>
      </ScrollBox>
      <div className="border-t border-line-soft px-3.5 py-2.5">
        <Load query={quality} skeleton={<span className="text-12 text-text-3">Looking for gaps</span>}>
          {(q) => <Verdict quality={q} nameOf={nameOf} zone={zone} now={now} fix={choose} />}
        </Load>
      </div>
    </Panel>
  ) // biome-ignore format: the grid
}

const overridesWords = (set: number, asked: number) => `${set} set, ${asked} asked`

function gaps(shifts: readonly Shift[], from: number, to: number, zone: string, now: number): Bar[] {
  const out: Bar[] = []
  let reached = from
  for (const s of [...shifts, { start_time: new Date(to).toISOString(), end_time: '' }]) {
    const start = Date.parse(s.start_time)
    if (start > reached)
      out.push({
        key: `gap${reached}`,
        from: reached,
        to: Math.min(start, to),
        name: 'nobody',
        short: '',
        colour: '',
        look: 'gap',
        title: `Nobody, ${span(reached, Math.min(start, to), zone, now)}`,
      })
    reached = Math.max(reached, Date.parse(s.end_time) || to)
  }
  return out
}

const Head = ({ days }: { days: readonly GridDay[] }) => (
  <div aria-hidden="true" className="grid min-h-[54px] grid-cols-[var(--lab)_minmax(0,1fr)] border-b border-line-soft">
    <span />
    <div className="grid" style={{ gridTemplateColumns: `repeat(${days.length}, minmax(0, 1fr))` }}>
      {days.map((d) => (
        <span key={d.from} className={cx('truncate pt-1 pl-1.5 text-11 leading-[15px]', d.isToday ? 'text-accent' : 'text-text-3')}>
          {days.length > 14 ? d.weekday[0] : d.weekday}
          <b className={cx('block text-12', d.isToday ? 'font-semibold' : 'font-medium text-text-2')}>{d.date}</b>
        </span>
      ))}
    </div>
  </div>
)

const NowLine = ({ days, now, zone }: { days: readonly GridDay[]; now: number; zone: string }) => (
  <span
    aria-hidden="true"
    className="pointer-events-none absolute top-[54px] bottom-0 z-3 w-0 border-l-2 border-accent-solid"
    style={{ left: `calc(var(--lab) + (100% - var(--lab)) * ${position(days, now) / 100})` }}
  >
    <span className="absolute -top-[17px] -left-px -translate-x-1/2 rounded-1 bg-accent-solid px-1 text-11 leading-4 font-semibold text-surface">{clock(now, zone, false)}</span>
  </span>
) // biome-ignore format: a line

function Verdict({
  quality: q,
  nameOf,
  zone,
  now,
  fix,
}: {
  quality: Quality
  nameOf: (user: string) => string
  zone: string
  now: number
  fix: Props['choose']
}) {
  const gap = q.gaps[0]
  const change = q.next_clock_change
  return (
    <div className="flex flex-wrap items-center gap-x-4.5 gap-y-1.5 text-12">
      {gap ? (
        <span className="flex items-center gap-1.5 text-down">
          <Icon of={TriangleAlert} />
          {plural(q.gaps.length, 'gap')} in 90 d, the first {span(Date.parse(gap.from), Date.parse(gap.to), zone, now)}
          {fix && <Button kind="ghost" onClick={() => fix(Date.parse(gap.from), Date.parse(gap.to))}>Fix</Button>}
        </span>
      ) : (
        <span className="flex items-center gap-1.5 text-up"><Icon of={CircleCheck} />No gaps in the next 90 d</span>
      )}
      {change && (
        <span className="text-text-2">
          Next clock change {at(Date.parse(change.at), zone, now)}
          {change.user_id && `, the shift of ${nameOf(change.user_id)} is ${Math.abs(change.forward_seconds) / 3600} h ${change.forward_seconds > 0 ? 'shorter' : 'longer'}`}
        </span>
      )}
      {q.people.length > 1 && <span className="text-text-2">Balance {Math.round(q.balance * 100)} %, at most {Math.max(...q.people.map((p) => p.days_in_a_row))} d in a row</span>}
    </div>
  ) // biome-ignore format: a line
}
