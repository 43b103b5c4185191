import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './cx.ts'
import { Shape } from './status.tsx'

/** What a control must carry so that its label, help and error belong to it. */
export type Aria = { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string }

/** Label above, help below; an error takes the help's place and says what passes. */
export function Field({
  label,
  aside,
  help,
  error,
  className,
  children,
}: {
  label: ReactNode
  /** At the right end of the label's line: "optional", "Forgot it?". */
  aside?: ReactNode
  help?: ReactNode
  error?: ReactNode
  className?: string
  children: (aria: Aria) => ReactNode
}) {
  const id = useId()
  const below = error || help
  return (
    <div className={cx('flex min-w-0 flex-col gap-1', className)}>
      <div className="flex items-baseline gap-2 text-12">
        <label htmlFor={id} className="text-text-2">
          {label}
        </label>
        {aside && <span className="ml-auto text-text-3">{aside}</span>}
      </div>
      {children({ id, ...(error ? { 'aria-invalid': true as const } : {}), ...(below ? { 'aria-describedby': `${id}-b` } : {}) })}
      {error ? (
        <FieldError id={`${id}-b`}>{error}</FieldError>
      ) : (
        help && (
          <p id={`${id}-b`} className="text-12 text-text-3">
            {help}
          </p>
        )
      )}
    </div>
  )
}

export const FieldError = ({ id, children }: { id?: string; children: ReactNode }) => (
  <p id={id} className="flex items-start gap-1.5 text-12 text-down">
    <Shape state="down" className="mt-px" />
    <span>{children}</span>
  </p>
)

const control =
  'w-full min-w-0 rounded-2 border border-line-control bg-(--field,var(--surface)) [&:read-only:not(select)]:bg-sunken [&:read-only:not(select)]:text-text-2 phone:text-16 aria-invalid:border-down-solid aria-invalid:shadow-[0_0_0_1px_var(--down-solid)]'
const size = (big?: boolean) => (big ? 'h-10 px-2.5 text-14 pointer-coarse:h-11' : 'h-(--control) px-2')

type Big = { big?: boolean; mono?: boolean }
export const TextInput = ({ big, mono, className, ...rest }: ComponentProps<'input'> & Big) => (
  <input className={cx(control, size(big), mono && 'font-mono text-12 phone:text-14', className)} {...rest} />
)

export const Select = ({ big, mono: _, className, ...rest }: ComponentProps<'select'> & Big) => (
  <select className={cx(control, size(big), 'pr-1.5', className)} {...rest} />
)

export const TextArea = ({ mono, className, ...rest }: ComponentProps<'textarea'> & { mono?: boolean }) => (
  <textarea className={cx(control, 'resize-y px-2 py-[7px] leading-5', mono && 'font-mono text-12 phone:text-14', className)} {...rest} />
)

/** A number with its unit inside the field's right end. */
export const Unit = ({ unit, ...rest }: ComponentProps<'input'> & { unit: string }) => (
  <div className="relative">
    <TextInput inputMode="numeric" className="pr-16" {...rest} />
    <span aria-hidden="true" className="pointer-events-none absolute top-1/2 right-[9px] -translate-y-1/2 text-12 text-text-3">
      {unit}
    </span>
  </div>
)

/** Chips to choose from: one (`radio`) or several (`checkbox`). */
export function Options({
  legend,
  type,
  options,
  chosen,
  onChange,
  help,
  error,
  className,
}: {
  legend: string
  type: 'radio' | 'checkbox'
  options: readonly { value: string; label: ReactNode }[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
  help?: ReactNode
  error?: ReactNode
  className?: string
}) {
  const id = useId()
  const pick = (value: string) =>
    onChange(type === 'radio' ? [value] : chosen.includes(value) ? chosen.filter((c) => c !== value) : [...chosen, value])
  return (
    <fieldset className="min-w-0" {...(help || error ? { 'aria-describedby': `${id}-b` } : {})}>
      <legend className="mb-1 text-12 text-text-2">{legend}</legend>
      <div className={cx('flex flex-wrap gap-1.5', className)}>
        {options.map(({ value, label }) => (
          <label
            key={value}
            className="inline-flex min-h-(--control) items-center gap-1.5 rounded-2 border border-line-strong bg-surface px-2.5 whitespace-nowrap has-checked:border-accent-line has-checked:bg-accent-soft"
          >
            <input
              type={type}
              name={id}
              value={value}
              checked={chosen.includes(value)}
              onChange={() => pick(value)}
              className="m-0 size-3.5 accent-accent-solid"
            />
            {label}
          </label>
        ))}
      </div>
      {error ? (
        <div className="mt-1">
          <FieldError id={`${id}-b`}>{error}</FieldError>
        </div>
      ) : (
        help && (
          <p id={`${id}-b`} className="mt-1 text-12 text-text-3">
            {help}
          </p>
        )
      )}
    </fieldset>
  )
}

/** A switch of one thing, with the small print under its words. */
export const Pick = ({ label, help, ...rest }: ComponentProps<'input'> & { label: ReactNode; help?: ReactNode }) => (
  <label className="flex min-h-6 items-start gap-2 py-0.5 pointer-coarse:min-h-11 pointer-coarse:items-center">
    <input type="checkbox" className="mt-0.5 size-4 flex-none accent-accent-solid" {...rest} />
    <span>
      {label}
      {help && <small className="block text-12 text-text-3">{help}</small>}
    </span>
  </label>
)

/** A part of a form that says its present value in one line while it is closed. */
export const Fold = ({ title, now, open, children }: { title: string; now: ReactNode; open?: boolean; children: ReactNode }) => (
  <details className="group border-t border-line-soft" open={open}>
    <summary className="flex min-h-11 list-none items-center gap-2 font-550 [&::-webkit-details-marker]:hidden">
      <svg
        width="14"
        height="14"
        viewBox="0 0 16 16"
        aria-hidden="true"
        className="text-text-3 transition-[rotate] duration-(--base) group-open:rotate-90"
      >
        <path
          d="m6.5 4.5 3.5 3.5-3.5 3.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {title}
      <span className="ml-auto min-w-0 truncate text-right text-12 font-normal text-text-3">{now}</span>
    </summary>
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3.5 pt-0.5 pb-4">{children}</div>
  </details>
)

/** Fields side by side; one under the other on phones. */
export const Two = ({ children }: { children: ReactNode }) => (
  <div className="grid grid-cols-2 items-start gap-x-4 gap-y-3 phone:grid-cols-[minmax(0,1fr)]">{children}</div>
)
export const Three = ({ children }: { children: ReactNode }) => (
  <div className="grid grid-cols-3 items-start gap-3 phone:grid-cols-[minmax(0,1fr)]">{children}</div>
)
