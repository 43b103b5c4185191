import { useZone } from '../../prefs.ts'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Load, Skeleton } from '../../ui/state.tsx'
import { type Schedule, type Shift, useMyShifts } from './queries.ts'
import { span } from './say.ts'

type Mine = { me: string; schedules: readonly Schedule[]; now: number; ask: ((shift: Shift) => void) | null }

/** My own shifts of the next 30 days on all schedules. */
export function MyShifts({ me, schedules, now, ask }: Mine) {
  const shifts = useMyShifts(me)
  const zone = useZone()
  return (
    <Panel title="My shifts" sub={`next 30 d, times in ${zone}`}>
      <Load query={shifts} skeleton={<Skeleton rows={2} />}>
        {(list) =>
          list.length ? (
            <ul>
              {list.slice(0, 6).map((s) => {
                const of = schedules.find((x) => x.id === s.schedule_id)
                return (
                  <li
                    key={s.id + s.schedule_id}
                    className="flex items-center gap-2 border-b border-line-soft py-1.5 pr-2 pl-3.5 last:border-b-0"
                  >
                    <span className="min-w-0 flex-1 text-12">
                      <b className="block text-13 font-550">
                        {of?.name}
                        {s.cover_request_id ? ', cover' : s.is_override ? ', override' : ''}
                      </b>
                      <span className="text-text-2">{span(Date.parse(s.start_time), Date.parse(s.end_time), zone, now)}</span>
                    </span>
                    {ask && (
                      <Button kind="ghost" onClick={() => ask(s)}>
                        Ask for cover
                      </Button>
                    )}
                  </li>
                )
              })}
            </ul>
          ) : (
            <p className="px-3.5 py-3 text-text-3">You are not on call in the next 30 days.</p>
          )
        }
      </Load>
    </Panel>
  )
}
