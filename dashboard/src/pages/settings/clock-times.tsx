import type { ReactNode } from 'react'
import type { Target } from '../../../../shared/oncall/schema.ts'
import { Panel } from '../../ui/panel.tsx'
import { plural } from '../../words.ts'
import { clockAfter, clockLines, type Ladder, type Line } from './ladder.ts'
import { useMembers } from './queries.ts'
import { useTargetName } from './target-name.ts'

/** "So, for a page at 03:14:00": what the ladder means on a clock, changing while it is edited. */
export function ClockTimes({ ladder, zone }: { ladder: Ladder; zone: string }) {
  const lines = clockLines(ladder)
  return (
    <Panel title="So, for a page at 03:14:00">
      {lines ? (
        <ol className="py-1.5">
          {lines.map((line, i) => (
            <li
              key={`${line.kind} ${i}`}
              className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 px-3.5 py-1.5 text-12 leading-[18px] text-text-2 [&_b]:font-550 [&_b]:text-text"
            >
              <time className="min-w-14 font-mono text-text-3">{clockAfter(line.after)}</time>
              <span>
                <Says line={line} />
                {line.kind === 'page' && line.sometimes && ', when its condition holds'}
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <p className="px-3.5 py-3 text-12 text-text-3">A wait is no number of seconds yet.</p>
      )}
      <p className="px-3.5 pb-3 text-12 text-text-3">Times {zone}, if nobody acknowledges. An acknowledgement stops the ladder at once.</p>
    </Panel>
  )
}

function Says({ line }: { line: Line }) {
  const name = useTargetName()
  const members = useMembers()
  switch (line.kind) {
    case 'page': {
      if (!line.targets.length) return 'Nobody yet'
      const say = (t: Target): ReactNode => {
        if (t.type === 'team')
          return (
            <>
              <b>The whole team</b>
              {members.data && `, ${plural(members.data.length, 'person', 'people')}`}
            </>
          )
        return (
          <>
            <b>{name(t)}</b>
            {t.type === 'schedule' && ', whoever is on call'}
          </>
        )
      }
      return line.targets.map((t, i) => (
        <span key={`${t.type} ${t.id}`}>
          {i > 0 && ', '}
          {say(t)}
        </span>
      ))
    }
    case 'again':
      return `From the top, ${line.times === 1 ? 'once more' : `${line.times} times more`}`
    case 'end':
      return 'Nobody else is left. The incident stays open, red on every page'
    default:
      return line satisfies never
  }
}
