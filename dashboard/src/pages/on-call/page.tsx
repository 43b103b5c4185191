import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ArrowLeftRight, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { useZone } from '../../prefs.ts'
import { membersQuery, policiesQuery } from '../../queries.ts'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { Button, Segmented } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'
import { useGo } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Columns, PageHeader, Panel } from '../../ui/panel.tsx'
import { EmptyState, Load } from '../../ui/state.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { choice, text } from '../../url.ts'
import { useMinute } from '../../use-minute.ts'
import { useUrlState } from '../../use-url-state.ts'
import { AskCover } from './ask-cover.tsx'
import { Calendars } from './calendars.tsx'
import { Carried } from './carried.tsx'
import { Covers } from './covers.tsx'
import { mondayOf, moved } from './days.ts'
import { ScheduleForm } from './form.tsx'
import { Grid } from './grid.tsx'
import { Ladder, policyOf } from './ladder.tsx'
import { MyContacts } from './my-contacts.tsx'
import { MyShifts } from './my-shifts.tsx'
import { Now } from './now.tsx'
import { OverrideForm } from './override.tsx'
import { Promised } from './promise.tsx'
import { type Schedule, useGrid, useMyShifts, useSchedules, useWho } from './queries.ts'
import { colours } from './say.ts'
import { Simulator } from './simulate.tsx'
import { Trouble } from './trouble.tsx'

const shape = { from: text(), span: choice('2w', 'month'), open: text(), cover: text() }
const HOUR = 3_600_000

/** Who is on call now, until when, and who is next; one schedule as a grid, and whom it pages. */
export function Page() {
  useTitle('On-call')
  const { id } = useParams({ strict: false }) as { id?: string }
  const [view, setView] = useUrlState(shape)
  const { may } = useMe()
  const schedules = useSchedules()
  const go = useGo()
  const mayWrite = may('oncall:write')
  const current = schedules.data?.find((s) => s.id === id) ?? schedules.data?.[0]
  const close = () => setView({ open: '', cover: '' }, { replace: true })
  const now = useMinute()
  const own = useZone()
  return (
    <>
      <PageHeader
        title="On-call"
        lead={schedules.data && schedules.data.length > 1 && current && <Choose schedules={schedules.data} current={current} />}
        actions={
          mayWrite &&
          schedules.data && (
            <>
              {current && (
                <Menu
                  label="Edit or make a schedule"
                  items={[
                    { label: `Edit ${current.name}`, icon: Pencil, keys: 'e', run: () => setView({ open: 'edit' }) },
                    { label: 'New schedule', icon: Plus, run: () => setView({ open: 'new' }) },
                  ]}
                />
              )}
              {current && (
                <Button icon={ArrowLeftRight} className="phone:hidden" onClick={() => setView({ open: 'cover' })}>
                  Ask for cover
                </Button>
              )}
              {current && (
                <Button kind="primary" icon={Plus} keys="o" className="phone:hidden" onClick={() => setView({ open: 'override' })}>
                  Override
                </Button>
              )}
            </>
          )
        }
      />
      <Load query={schedules}>
        {(all) => (current ? <One key={current.id} schedules={all} schedule={current} view={view} setView={setView} close={close} /> : <None mayWrite={mayWrite} make={() => setView({ open: 'new' })} />)}
      </Load>
      {view.open === 'new' && mayWrite && <ScheduleForm schedule={null} now={now} own={own} onClose={close} onDone={(s) => go(`/on-call/${s.id}`)} />}
    </>
  ) // biome-ignore format: a page
}

function Choose({ schedules, current }: { schedules: readonly Schedule[]; current: Schedule }) {
  const go = useGo()
  const to = (id: string) => go(`/on-call/${id}`)
  if (schedules.length > 4)
    return (
      <Select aria-label="Schedule" value={current.id} onChange={(e) => to(e.target.value)}>
        {schedules.map((s) => (
          <option key={s.id} value={s.id}>
            {s.name}
          </option>
        ))}
      </Select>
    )
  return <Segmented label="Schedule" value={current.id} options={schedules.map((s) => [s.id, s.name] as const)} onChange={to} />
}

type View = { from: string; span: '2w' | 'month'; open: string; cover: string }
type OneProps = {
  schedules: readonly Schedule[]
  schedule: Schedule
  view: View
  setView: (patch: Partial<View>, options?: { replace?: boolean }) => void
  close: () => void
}

function One({ schedules, schedule, view, setView, close: leave }: OneProps) {
  const { user, may } = useMe()
  const [now, own] = [useMinute(), useZone()]
  const members = useQuery(membersQuery)
  const who = useWho()
  const mayWrite = may('oncall:write')
  const people = members.data ?? []
  const nameOf = (id: string) => people.find((m) => m.user_id === id)?.name ?? (members.data ? 'Somebody who left' : '…')
  const colourOf = colours(people)
  const [chosen, setChosen] = useState<{ from: number; to: number } | null>(null)
  const close = () => {
    setChosen(null)
    leave()
  }
  const hour = Math.ceil(now / HOUR) * HOUR
  const month = useGrid(schedule, Math.floor(now / (24 * HOUR)) * 24 * HOUR, Math.floor(now / (24 * HOUR)) * 24 * HOUR + 45 * 24 * HOUR)
  const mine = useMyShifts(user.id)
  const pages = policyOf(schedule, useQuery(policiesQuery).data ?? [])
  const override = (from: number, to: number) => {
    setChosen({ from, to })
    setView({ open: 'override' })
  }
  const monday = mondayOf(view.from, schedule.timezone, now)
  const step = view.span === '2w' ? 14 : 35
  useKeys([
    { keys: 't', label: 'Today', group: 'This page', run: () => setView({ from: '' }) },
    { keys: 'arrowleft', label: 'Earlier', group: 'This page', run: () => setView({ from: moved(monday, -step) }) },
    { keys: 'arrowright', label: 'Later', group: 'This page', run: () => setView({ from: moved(monday, step) }) },
    ...(mayWrite
      ? [
          { keys: 'o', label: 'Override', group: 'Actions', run: () => override(hour, hour + 4 * HOUR) },
          { keys: 'e', label: 'Edit the schedule', group: 'This page', run: () => setView({ open: 'edit' }) },
        ]
      : []),
  ])
  const others = (month.final.data ?? []).filter((s) => !mine.data?.some((m) => m.id === s.id))
  const shifts = [...(mine.data ?? []), ...others].filter((s) => Date.parse(s.end_time) > now)
  const props = { schedule, now, nameOf }
  return (
    <>
      <Now schedules={schedules} who={who.data} nameOf={nameOf} current={schedule.id} />
      <Trouble {...props} override={mayWrite ? override : null} />
      {mayWrite && (
        <div className="mb-4 hidden gap-2 phone:flex [&>button]:h-12 [&>button]:flex-1">
          <Button icon={ArrowLeftRight} onClick={() => setView({ open: 'cover' })}>Ask for cover</Button>
          <Button kind="primary" icon={Plus} onClick={() => override(hour, hour + 4 * HOUR)}>Override</Button>
        </div>
      )}
      <Columns
        sideWidth={336}
        main={
          <>
            <Grid {...props} view={view} setView={(patch) => setView(patch)} colourOf={colourOf} choose={mayWrite ? override : null} />
            <Covers {...props} me={user.id} mayWrite={mayWrite} />
            <Carried schedule={schedule} />
            <Promised />
          </>
        }
        side={
          <>
            <MyShifts me={user.id} schedules={schedules} now={now} ask={mayWrite ? (s) => setView({ open: 'cover', cover: s.id }) : null} />
            <Ladder schedule={schedule} mayWrite={mayWrite} />
            <Simulator key={pages?.id} zone={schedule.timezone} now={now} nameOf={nameOf} first={pages?.id} />
            <MyContacts />
            <Calendars schedule={schedule} me={user.id} mayWrite={mayWrite} nameOf={nameOf} />
          </>
        }
      />
      {view.open === 'override' && mayWrite && <OverrideForm {...props} from={chosen?.from ?? hour} to={chosen?.to ?? hour + 4 * HOUR} me={user.id} onClose={close} />}
      {view.open === 'cover' && mayWrite && <AskCover shifts={shifts} schedules={schedules} chosen={view.cover} now={now} me={user.id} nameOf={nameOf} onClose={close} />}
      {view.open === 'edit' && mayWrite && <ScheduleForm schedule={schedule} now={now} own={own} onClose={close} onDone={close} />}
    </>
  ) // biome-ignore format: a page
}

const None = ({ mayWrite, make }: { mayWrite: boolean; make: () => void }) => (
  <Panel label="No schedules">
    <EmptyState title="No schedules">
      <p>A schedule says who is on call when: people in turn, in layers, with overrides on top. Policies page whoever it names.</p>
      {mayWrite && (
        <Button kind="primary" icon={Plus} onClick={make}>
          New schedule
        </Button>
      )}
    </EmptyState>
  </Panel>
)
