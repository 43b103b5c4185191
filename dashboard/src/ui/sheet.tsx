import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { Layer } from './layer.tsx'
import { ScrollBox } from './scroll-box.tsx'

type Frame = {
  title: string
  onClose: () => void
  /** The consequence, left of the buttons; an error that counts takes its place. */
  consequence?: ReactNode
  buttons: ReactNode
  children: ReactNode
}

const scrim = 'fixed inset-0 z-30 bg-scrim'
const box =
  'fixed z-31 grid grid-rows-[auto_minmax(0,1fr)_auto] bg-raised shadow-dialog outline-none [--surface:var(--raised)] [--field:var(--canvas)]'
const foot =
  'flex min-h-14 items-center gap-2 border-t border-line-soft px-5 py-2.5 phone:flex-wrap phone:px-4 phone:pb-[calc(10px+env(safe-area-inset-bottom))] phone:[&>button]:flex-1'

const Foot = ({ consequence, buttons }: Pick<Frame, 'consequence' | 'buttons'>) => (
  <div className={foot}>
    <span className="mr-auto min-w-0 text-12 text-text-3 phone:basis-full phone:empty:hidden">{consequence}</span>
    {buttons}
  </div>
)

/** Whoever opens a form wants to type: the first field has the focus; without one the browser's own choice stands. */
function toFirstField(e: Event) {
  const field = (e.currentTarget as HTMLElement).querySelector<HTMLElement>('input:not([type=hidden]):not([readonly]), textarea, select')
  if (!field) return
  e.preventDefault()
  field.focus()
}

/** Esc and the scrim never lose typed text unasked. */
function closing(dirty: boolean, onClose: () => void) {
  if (!dirty || confirm('Close without saving what you typed?')) onClose()
}

/** A form over its list, from the right; on phones from below. Esc and the scrim ask first when something was typed (`dirty`). */
export function Sheet({ title, onClose, consequence, buttons, children, dirty = false }: Frame & { dirty?: boolean }) {
  const close = () => closing(dirty, onClose)
  return (
    <Radix.Root open onOpenChange={(open) => open || close()}>
      <Radix.Portal>
        <Radix.Overlay className={scrim} />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={toFirstField}
          className={cx(
            box,
            'enter-sheet inset-y-0 right-0 w-[min(560px,100%)] phone:inset-x-0 phone:top-6 phone:w-full phone:rounded-t-4',
          )}
        >
          <Layer>
            <div className="flex min-h-14 items-center gap-2 border-b border-line-soft pr-3 pl-5 phone:pl-4">
              <Radix.Title className="text-16 font-semibold tracking-[-0.01em]">{title}</Radix.Title>
              <Button kind="ghost" icon={X} className="ml-auto" aria-label="Close, key Esc" onClick={close} />
            </div>
            <ScrollBox label={`${title}, form`} className="px-5 pt-4 pb-2 phone:px-4">
              {children}
            </ScrollBox>
            <Foot consequence={consequence} buttons={buttons} />
          </Layer>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** A question; its button is the verb, Cancel stands left of it. On phones from below. */
export function Dialog({
  title,
  onClose,
  consequence,
  buttons,
  children,
  className,
  dirty = false,
}: Frame & { className?: string; dirty?: boolean }) {
  return (
    <Radix.Root open onOpenChange={(open) => open || closing(dirty, onClose)}>
      <Radix.Portal>
        <Radix.Overlay className={scrim} />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={toFirstField}
          className={cx(
            box,
            'enter-pop top-28 left-1/2 max-h-[calc(100dvh-144px)] w-[min(560px,calc(100%-32px))] -translate-x-1/2 rounded-4',
            'phone:top-auto phone:bottom-0 phone:left-0 phone:max-h-[calc(100dvh-24px)] phone:w-full phone:translate-none phone:rounded-b-none',
            className,
          )}
        >
          <Layer>
            <div className="px-5 pt-[18px]">
              <Radix.Title className="text-16 font-semibold tracking-[-0.01em]">{title}</Radix.Title>
            </div>
            <div className="relative overflow-auto px-5 pt-3 pb-[18px]">{children}</div>
            <Foot consequence={consequence} buttons={buttons} />
          </Layer>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
