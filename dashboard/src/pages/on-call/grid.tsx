import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useZone } from '../../prefs.ts'
import { Button, Segmented } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Load } from '../../ui/state.tsx'
import { duration, offset } from '../../words.ts'
import { askedBar, gapBars, overrideBar, shiftBar } from './bars.ts'
import { Chooser } from './chooser.tsx'
import type { Chosen } from './choosing.ts'
import { clockChanges, daysFrom, mondayOf, moved, type Span } from './days.ts'
import { ClockChange, Head, NowLine, Verdict } from './grid-parts.tsx'
import { Lane } from './lane.tsx'
import { type Schedule, useCalendars, useCovers, useGrid, useOverrides, useQuality } from './queries.ts'
import { at, layerWords, span } from './say.ts'

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
  const set = useOverrides(schedule.id, from, to).data ?? []
  const asked = (useCovers(schedule.id).data ?? []).filter((c) => Date.parse(c.from) < to && Date.parse(c.to) > from)
  const calendars = useCalendars().data ?? []
  const quality = useQuality(schedule.id)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  useEffect(() => setChosen(null), [monday, view.span])
  const open = (a: number, b: number) => {
    setChosen(null)
    choose?.(a, b)
  }
  const words = { zone, now, nameOf, colourOf }
  const step = view.span === '2w' ? 14 : 35
  const unread = (calendar: string | null) => calendars.find((c) => c.id === calendar && c.error)
  const gaps = final.data ? gapBars(final.data, from, to, words) : []
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
        <div className="relative min-w-[720px] [--lab:142px] phone:[--lab:96px]">
          <Head days={days} />
          <Lane title="Overrides" sub={`${set.length} set, ${asked.length} asked`} days={days} bars={[...set.map((o) => overrideBar(o, words)), ...asked.map((c) => askedBar(c, words))]} />
          {schedule.layers.map((l, i) => (
            <Lane key={l.id} title={l.name} sub={layerWords(l, zone, now)} wrong={unread(l.calendar_id) && 'its calendar cannot be read'} days={days} bars={(layers[i]?.data ?? []).map((s) => shiftBar(s, set, words))} />
          ))}
          <Lane strong title="Who is paged" sub="after all layers" days={days} bars={[...(final.data ?? []).map((s) => shiftBar(s, set, words)), ...gaps]}>
            {choose && (
              <Chooser
                days={days}
                start={Math.ceil(Math.max(now, from) / 3_600_000) * 3_600_000}
                say={(a, b) => span(a, b, zone, now)}
                chosen={chosen}
                setChosen={setChosen}
                open={open}
              />
            )}
          </Lane>
          {clockChanges(days, zone).map((c) => <ClockChange key={c.at} days={days} change={c} />)}
          {now >= from && now < to && <NowLine days={days} now={now} zone={zone} />}
        </div>
      </ScrollBox>
      {chosen && choose && (
        <div className="flex flex-wrap items-center gap-2 border-t border-accent-line bg-accent-soft px-3.5 py-2.5 phone:sticky phone:bottom-[calc(55px+env(safe-area-inset-bottom))] phone:z-5">
          <p className="min-w-0 flex-1 phone:min-w-full">
            <b className="font-550">{span(chosen.from, chosen.to, zone, now)}</b> <span className="text-text-2">{duration(chosen.to - chosen.from)}</span>
          </p>
          <Button className="phone:flex-1" onClick={() => setChosen(null)}>Cancel</Button>
          <Button kind="primary" className="phone:flex-1" onClick={() => open(chosen.from, chosen.to)}>Override this</Button>
        </div>
      )}
      <div className="border-t border-line-soft px-3.5 py-2.5">
        <Load query={quality} skeleton={<span className="text-12 text-text-3">Looking for gaps</span>}>
          {(q) => <Verdict quality={q} nameOf={nameOf} zone={zone} now={now} fix={choose} />}
        </Load>
      </div>
    </Panel>
  ) // biome-ignore format: the grid
}
