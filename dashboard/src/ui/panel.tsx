import { type ReactNode, useId } from 'react'
import { cx } from './cx.ts'

/** One level of boxes: a hairline, a heading, what belongs together. */
export function Panel({
  title,
  sub,
  actions,
  label,
  className,
  children,
}: {
  title?: ReactNode
  sub?: ReactNode
  actions?: ReactNode
  /** For a panel without a heading of its own. */
  label?: string
  className?: string
  children: ReactNode
}) {
  const id = useId()
  return (
    <section
      className={cx('relative min-w-0 rounded-3 border border-line bg-surface', className)}
      {...(title ? { 'aria-labelledby': id } : label ? { 'aria-label': label } : {})}
    >
      {title && (
        <div className="flex min-h-10 flex-wrap items-center gap-x-2 border-b border-line-soft pr-2 pl-3.5 phone:py-1 pointer-coarse:min-h-13">
          <h2 id={id} className="text-13 font-semibold">
            {title}
          </h2>
          {sub && <span className="text-12 text-text-3">{sub}</span>}
          {actions && <div className="ml-auto flex items-center gap-1.5">{actions}</div>}
        </div>
      )}
      {children}
    </section>
  )
}

/** Title or crumbs left, what it says in one line, actions right. */
export const PageHeader = ({ title, lead, actions }: { title: ReactNode; lead?: ReactNode; actions?: ReactNode }) => (
  <div className="flex min-h-14 items-center gap-3 phone:min-h-12 phone:flex-wrap phone:py-2">
    {typeof title === 'string' ? <h1 className="text-16 font-semibold tracking-[-0.01em]">{title}</h1> : title}
    {lead && (
      <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1.5 text-13 text-text-2 phone:order-3 phone:mb-2 phone:w-full">
        {lead}
      </div>
    )}
    {actions && <div className="ml-auto flex items-center gap-2">{actions}</div>}
  </div>
)

/** Two columns above 1100 px: what happened, and who or what else. */
export const Columns = ({ main, side, sideWidth = 320 }: { main: ReactNode; side: ReactNode; sideWidth?: number }) => (
  <div
    style={{ ['--side' as string]: `${sideWidth}px` }}
    className="grid grid-cols-[minmax(0,1fr)_var(--side)] items-start gap-4 narrow:grid-cols-[minmax(0,1fr)]"
  >
    <Stack>{main}</Stack>
    <Stack>{side}</Stack>
  </div>
)

export const Stack = ({ children, className }: { children: ReactNode; className?: string }) => (
  <div className={cx('grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-4', className)}>{children}</div>
)

/** At most seven facts, hairlines between. */
export const FactsRow = ({ facts }: { facts: readonly { name: string; value: ReactNode; mono?: boolean }[] }) => (
  <dl
    style={{ ['--n' as string]: facts.length }}
    className="mb-4 grid grid-cols-[repeat(var(--n),auto)] overflow-hidden rounded-3 border border-line bg-surface gap-px narrow:grid-cols-[2fr_1fr_1fr] phone:grid-cols-2"
  >
    {facts.map((f) => (
      <div key={f.name} className="min-w-0 px-3.5 pt-2 pb-[9px] shadow-[1px_1px_0_var(--line-soft)] phone:first:col-span-2">
        <dt className="text-12 whitespace-nowrap text-text-3">{f.name}</dt>
        <dd
          className={cx(
            'truncate font-550 phone:whitespace-normal phone:[overflow-wrap:anywhere]',
            f.mono && 'font-mono text-12 leading-5',
          )}
        >
          {f.value}
        </dd>
      </div>
    ))}
  </dl>
)

/** A line that explains: what is late, what was refused, where this is. */
export const Note = ({
  tone,
  icon,
  action,
  children,
}: {
  tone?: 'down' | 'warn' | 'up'
  icon?: ReactNode
  action?: ReactNode
  children: ReactNode
}) => (
  <div
    className={cx(
      'flex items-start gap-x-2.5 rounded-2 border px-3 py-[9px] text-12 leading-[18px] text-text-2 [&_b]:font-550 [&_b]:text-text [&>svg]:mt-0.5',
      tone === 'down' && 'border-down-line bg-down-soft [--knock:var(--down-soft)]',
      tone === 'warn' && 'border-warn-line bg-warn-soft [--knock:var(--warn-soft)]',
      tone === 'up' && 'border-up-line bg-up-soft [--knock:var(--up-soft)]',
      !tone && 'border-line bg-sunken',
    )}
  >
    {icon}
    <span className="min-w-0 flex-1">{children}</span>
    {action}
  </div>
)
