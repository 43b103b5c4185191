import { useSyncExternalStore } from 'react'
import { Button, ButtonLink } from './button.tsx'
import { useKeys } from './use-keys.ts'

export type Toast = { id: number; text: string; undo?: () => void; view?: string }

const SHOWN_MS = 8_000
const AT_MOST = 3
let toasts: readonly Toast[] = []
let last = 0
const listeners = new Set<() => void>()

function set(next: readonly Toast[]) {
  toasts = next
  for (const tell of listeners) tell()
}
const drop = (id: number) => set(toasts.filter((t) => t.id !== id))

/** One line that something was done, with the way back. Never the only place where an error appears. */
export function toast(text: string, more: { undo?: () => void; view?: string } = {}): void {
  const made = { id: ++last, text, ...more }
  set([...toasts, made].slice(-AT_MOST))
  setTimeout(() => drop(made.id), SHOWN_MS)
}

function undo(t: Toast) {
  drop(t.id)
  t.undo?.()
}

/** Stands once, in the shell. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (l) => {
      listeners.add(l)
      return () => listeners.delete(l)
    },
    () => toasts,
  )
  const undoable = shown.findLast((t) => t.undo)
  useKeys([{ keys: 'z', label: 'Undo the last change', group: 'Everywhere', run: () => undoable && undo(undoable) }])
  return (
    <div
      role="status"
      className="fixed bottom-4 left-4 z-40 grid gap-2 phone:right-4 phone:bottom-20 phone:in-[body:has([data-urgent])]:bottom-36"
    >
      {shown.map((t) => (
        <div key={t.id} className="enter-pop flex min-h-10 items-center gap-3 rounded-3 bg-raised py-1 pr-2 pl-3.5 shadow-pop">
          <span className="flex-1">{t.text}</span>
          {t.undo && (
            <Button kind="ghost" keys="z" onClick={() => undo(t)}>
              Undo
            </Button>
          )}
          {t.view && (
            <ButtonLink kind="ghost" href={t.view}>
              View
            </ButtonLink>
          )}
        </div>
      ))}
    </div>
  )
}
