import type { ReactNode, Ref } from 'react'
import { cx } from './cx.ts'

/** A box that scrolls by itself, so that the page never does sideways; reachable and named for the keyboard. */
export const ScrollBox = ({
  label,
  className,
  children,
  ref,
}: {
  label: string
  className?: string | undefined
  children: ReactNode
  ref?: Ref<HTMLDivElement>
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard
  <section ref={ref} tabIndex={0} aria-label={label} className={cx('relative overflow-auto focus-visible:-outline-offset-2', className)}>
    {children}
  </section>
)
