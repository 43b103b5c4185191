import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type TimelineItem = {
  id: string
  /** ISO; shown as clock with seconds. */
  at: string
  clock: string
  /** What stands on the spine: a Shape, an Icon or an Avatar. */
  glyph: ReactNode
  /** Comments are cards, with who wrote them. */
  says?: { by: ReactNode; text: ReactNode }
  children?: ReactNode
}

/** Newest first: time, glyph on a spine, a sentence with its actor in bold. */
export const Timeline = ({ items, label }: { items: readonly TimelineItem[]; label: string }) => (
  <ol aria-label={label} className="pt-1 pb-2.5">
    {items.map((item, i) => (
      <li
        key={item.id}
        id={`e-${item.id}`}
        className="relative grid grid-cols-[76px_24px_minmax(0,1fr)] gap-x-2.5 px-3.5 py-[7px] target:bg-accent-soft phone:grid-cols-[24px_minmax(0,1fr)]"
      >
        <span
          aria-hidden="true"
          className={cx(
            'absolute left-28 w-px bg-line phone:left-[26px]',
            i === 0 ? 'top-[18px]' : 'top-0',
            i === items.length - 1 ? 'bottom-[calc(100%-18px)]' : 'bottom-0',
          )}
        />
        <time dateTime={item.at} className="font-mono text-12 leading-5 text-text-3 phone:col-start-2 phone:row-start-1 phone:leading-4">
          {item.clock}
        </time>
        <span className="relative -mt-0.5 grid size-6 place-items-center rounded-full border border-line bg-surface text-text-2 phone:col-start-1 phone:row-span-2 phone:row-start-1">
          {item.glyph}
        </span>
        {item.says ? (
          <div className="-mt-1.5 min-w-0 rounded-3 border border-line bg-surface px-3 pt-2 pb-[9px] phone:col-start-2 phone:mt-1">
            <div className="mb-[3px] text-12 text-text-3 [&_b]:font-550 [&_b]:text-text">{item.says.by}</div>
            <div className="whitespace-pre-wrap [overflow-wrap:anywhere]">{item.says.text}</div>
          </div>
        ) : (
          <div className="min-w-0 text-text-2 phone:col-start-2 [overflow-wrap:anywhere] [&_b]:font-550 [&_b]:text-text">
            {item.children}
          </div>
        )}
      </li>
    ))}
  </ol>
)

/** Initials in a ring; the name stands beside it. */
export const Avatar = ({ name, large }: { name: string; large?: boolean | '40' }) => (
  <span
    aria-hidden="true"
    className={cx(
      'inline-grid flex-none place-items-center rounded-full border border-line bg-active leading-none font-semibold text-text',
      large === '40' ? 'size-10 text-14' : large ? 'size-7 text-11' : 'size-[22px] text-[10px]',
    )}
  >
    {name
      .split(/\s+/)
      .slice(0, 2)
      .map((w) => w[0]?.toUpperCase())
      .join('')}
  </span>
)

export type Tick = {
  word: string /** Clock, or null when it has not happened or the channel cannot say. */
  at: string | null
  why?: string
}

/** Only the ticks a channel can give; a missing one is dashed, with the reason. */
export const Receipt = ({ ticks }: { ticks: readonly Tick[] }) => (
  <ol
    style={{ ['--n' as string]: ticks.length }}
    className="mt-1.5 grid grid-cols-[repeat(var(--n),1fr)] gap-[3px] text-11 leading-[14px] text-text-3"
  >
    {ticks.map((t) => (
      <li
        key={t.word}
        title={t.why}
        className={cx('border-t-2 pt-1 whitespace-nowrap', t.at ? 'border-up-solid' : 'border-dashed border-line-strong')}
      >
        {t.word}
        <span className="block">{t.at ?? t.why ?? '–'}</span>
      </li>
    ))}
  </ol>
)

export type Stage = { name: ReactNode; value: ReactNode; tone?: 'ours' | 'human' | 'open' }

/** First failure → verdict → page → acknowledged: the seconds of each; ours in idle, the human wait in amber. */
export const DetectionStrip = ({ stages, coloured, className }: { stages: readonly Stage[]; coloured?: boolean; className?: string }) => (
  <ol
    style={{ ['--n' as string]: stages.length }}
    className={cx('grid grid-cols-[repeat(var(--n),minmax(0,1fr))] border-t border-line-soft phone:grid-cols-2', className)}
  >
    {stages.map((s, i) => (
      <li
        key={i}
        className="relative min-w-0 border-r border-line-soft px-4 pt-2 pb-2.5 text-12 text-text-3 last:border-r-0 phone:border-b"
      >
        {coloured && (
          <span
            aria-hidden="true"
            className={cx('absolute -top-0.5 right-0 -left-px h-[3px]', s.tone === 'ours' ? 'bg-idle-solid' : 'bg-warn-solid')}
          />
        )}
        {s.name}
        <b className={cx('block text-13 leading-[18px] font-550', s.tone === 'open' ? 'text-warn' : 'text-text')}>{s.value}</b>
      </li>
    ))}
  </ol>
)
