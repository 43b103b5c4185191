import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { cx } from './cx.ts'
import { Icon } from './icon.tsx'
import { Kbd } from './kbd.tsx'
import { To, type ToProps } from './link.tsx'

type Looks = { kind?: 'plain' | 'primary' | 'ghost' | 'danger'; big?: boolean; wide?: boolean; icon?: LucideIcon; keys?: string }

const kinds = {
  plain: 'border-line-strong bg-surface hover:bg-hover',
  primary: 'border-ink bg-ink text-on-ink',
  ghost: 'border-transparent text-text-2 hover:bg-hover',
  danger: 'border-down-line bg-surface text-down hover:bg-down-soft',
}
const off = 'aria-disabled:cursor-default aria-disabled:text-text-3'
const offBox = 'aria-disabled:border-line aria-disabled:bg-hover'
const offBare = 'aria-disabled:bg-transparent'

const looks = ({ kind = 'plain', big, wide, icon }: Looks, children: ReactNode) =>
  cx(
    'inline-flex flex-none items-center justify-center gap-1.5 rounded-2 border leading-none font-medium whitespace-nowrap transition-colors duration-(--fast)',
    big ? 'h-10 px-3.5 text-14 pointer-coarse:h-11' : 'h-(--control) text-13',
    !big && (icon && !children ? 'w-(--control)' : 'px-2.5'),
    wide && 'w-full',
    kinds[kind],
    off,
    kind === 'ghost' ? offBare : offBox,
  )

const inside = ({ kind, icon, keys }: Looks, children: ReactNode) => (
  <>
    {icon && <Icon of={icon} className={kind === 'primary' || kind === 'danger' ? '' : 'text-text-3'} />}
    {children}
    {keys && <Kbd keys={keys} look={kind === 'primary' ? 'on-ink' : 'bare'} />}
  </>
)

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & Looks & { busy?: boolean; ref?: Ref<HTMLButtonElement> }

/** `disabled` and `busy` keep the focus where it is: the button stays reachable and says why it rests through its words. */
export function Button({
  kind,
  big,
  wide,
  icon,
  keys,
  busy,
  disabled,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const l = { ...(kind && { kind }), ...(big && { big }), ...(wide && { wide }), ...(icon && { icon }), ...(keys && { keys }) }
  const rests = busy || disabled
  return (
    <button
      type={type}
      aria-disabled={rests || undefined}
      aria-busy={busy || undefined}
      onClick={(e) => (rests ? e.preventDefault() : onClick?.(e))}
      className={cx(looks(l, children), className)}
      {...rest}
    >
      {inside(l, children)}
    </button>
  )
}

/** A link that looks like a button. */
export function ButtonLink({ kind, big, wide, icon, keys, className, children, ...rest }: ToProps & Looks) {
  const l = { ...(kind && { kind }), ...(big && { big }), ...(wide && { wide }), ...(icon && { icon }), ...(keys && { keys }) }
  return (
    <To className={cx(looks(l, children), className)} {...rest}>
      {inside(l, children)}
    </To>
  )
}

/** A few exclusive choices side by side: ranges, arrangements. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: {
  label: string
  value: T
  options: readonly (readonly [value: T, label: ReactNode])[]
  onChange: (value: T) => void
  className?: string
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a form's manners
    <div
      role="group"
      aria-label={label}
      className={cx('inline-flex overflow-hidden rounded-2 border border-line-strong bg-surface', className)}
    >
      {options.map(([v, text]) => (
        <button
          key={v}
          type="button"
          aria-pressed={v === value}
          onClick={() => onChange(v)}
          className="flex h-[calc(var(--control)-2px)] items-center gap-1.5 border-r border-line px-2.5 whitespace-nowrap text-text-2 last:border-r-0 hover:bg-hover focus-visible:-outline-offset-2 aria-pressed:bg-active aria-pressed:font-550 aria-pressed:text-text"
        >
          {text}
        </button>
      ))}
    </div>
  )
}
