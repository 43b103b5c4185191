import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type Tone = 'up' | 'warn' | 'down' | 'maint' | 'idle'
/** Monitors' states, a component's `degraded`, and incidents' three. */
export type State =
  | 'up' | 'validating' | 'down' | 'maintenance' | 'paused' | 'pending' | 'degraded'
  | 'open' | 'acknowledged' | 'resolved' // biome-ignore format: a table

const knock = {
  stroke: 'var(--knock, var(--surface))',
  strokeWidth: 1.6,
  fill: 'none',
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const
const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5, strokeLinecap: 'round', strokeLinejoin: 'round' } as const

/** Every state is a shape, a word and a colour: DESIGN-LANGUAGE §3. */
export const states: Record<State, { word: string; tone: Tone; shape: ReactNode }> = {
  up: {
    word: 'Up',
    tone: 'up',
    shape: (
      <>
        <circle cx="8" cy="8" r="6.5" fill="currentColor" />
        <path d="M5.3 8.2l1.9 1.9 3.6-4" {...knock} />
      </>
    ),
  },
  validating: {
    word: 'Validating',
    tone: 'warn',
    shape: (
      <>
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.6 2.1" />
        <circle cx="8" cy="8" r="2" fill="currentColor" />
      </>
    ),
  },
  down: {
    word: 'Down',
    tone: 'down',
    shape: (
      <>
        <path d="M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2Z" fill="currentColor" />
        <path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" {...knock} />
      </>
    ),
  },
  maintenance: {
    word: 'Maintenance',
    tone: 'maint',
    shape: (
      <>
        <path d="M8 .9 15.1 8 8 15.1.9 8Z" fill="currentColor" />
        <path d="M5.4 8h5.2" {...knock} />
      </>
    ),
  },
  paused: {
    word: 'Paused',
    tone: 'idle',
    shape: (
      <>
        <rect x="1.5" y="1.5" width="13" height="13" rx="3" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M6.3 5.4v5.2M9.7 5.4v5.2" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      </>
    ),
  },
  pending: {
    word: 'Pending',
    tone: 'idle',
    shape: <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.4 2.3" />,
  },
  degraded: {
    word: 'Degraded',
    tone: 'warn',
    shape: (
      <>
        <path d="M8 1.6 15 14H1Z" fill="currentColor" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" />
        <path d="M8 6v3.6M8 11.9v.1" {...knock} />
      </>
    ),
  },
  open: {
    word: 'Not acknowledged',
    tone: 'down',
    shape: <path d="M4 10.5V7a4 4 0 0 1 8 0v3.5l1.2 1.5H2.8ZM6.8 14h2.4" {...line} />,
  },
  acknowledged: {
    word: 'Acknowledged',
    tone: 'warn',
    shape: (
      <>
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d="M8 2a6 6 0 0 1 0 12Z" fill="currentColor" />
      </>
    ),
  },
  resolved: { word: 'Resolved', tone: 'up', shape: <path d="m3 8.5 3.2 3.2L13 4.8" {...line} /> },
}

export const toneText = { up: 'text-up', warn: 'text-warn', down: 'text-down', maint: 'text-maint', idle: 'text-idle' } satisfies Record<
  Tone,
  string
>
const pillTone = {
  up: 'text-up bg-up-soft border-up-line [--knock:var(--up-soft)]',
  warn: 'text-warn bg-warn-soft border-warn-line [--knock:var(--warn-soft)]',
  down: 'text-down bg-down-soft border-down-line [--knock:var(--down-soft)]',
  maint: 'text-maint bg-maint-soft border-maint-line [--knock:var(--maint-soft)]',
  idle: 'text-idle bg-idle-soft border-idle-line [--knock:var(--idle-soft)]',
} satisfies Record<Tone, string>

/** The shape alone: only where its word stands beside it. `--knock` is the colour behind it. */
export const Shape = ({ state, size = 14, className }: { state: State; size?: number; className?: string }) => (
  <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" className={className}>
    {states[state].shape}
  </svg>
)

/** In lists: shape and word without a fill. */
export const StatusGlyph = ({ state, word }: { state: State; word?: string }) => (
  <span className={cx('inline-flex items-center gap-1.5 align-middle text-12 font-550 whitespace-nowrap', toneText[states[state].tone])}>
    <Shape state={state} />
    {word ?? states[state].word}
  </span>
)

/** Once per object, in its header. */
export const Pill = ({ state, word }: { state: State; word?: string }) => (
  <span
    className={cx(
      'inline-flex h-5 items-center gap-[5px] rounded-full border pr-[7px] pl-[5px] text-12 leading-none font-550 whitespace-nowrap',
      pillTone[states[state].tone],
    )}
  >
    <Shape state={state} size={12} />
    {word ?? states[state].word}
  </span>
)

/** Severity is neutral: three falling bars, the state has the colour. */
export function Sev({ severity }: { severity: string }) {
  const level = Number(severity.slice(-1)) || 4
  const bars = [9, 6, 3]
  return (
    <span
      title={`Severity ${level} of 4`}
      className="inline-flex h-[18px] items-center gap-1 rounded-1 border border-line-strong px-[5px] font-mono text-11 leading-none font-semibold text-text"
    >
      <span aria-hidden="true" className="inline-flex h-[9px] items-end gap-[1.5px]">
        {bars.map((h, i) => (
          <span key={h} style={{ height: h }} className={cx('block w-[2.5px] rounded-[1px] bg-current', i >= 4 - level && 'opacity-30')} />
        ))}
      </span>
      {severity}
    </span>
  )
}

/** The dot of things that arrive by themselves. */
export const LiveDot = () => <span aria-hidden="true" className="pulse-dot size-2 flex-none rounded-full bg-accent-solid" />
