import { printed } from '../keys.ts'
import { usePrefs } from '../prefs.ts'
import { cx } from './cx.ts'

const mac = /Mac|iPhone|iPad/.test(navigator.platform)
export const shown = (keys: string): string => printed(keys, mac)

/** A key cap. Hidden on phones, and where single letters are turned off. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  const { letters } = usePrefs()
  if (!letters && /^[a-z[\].?/]( [a-z])?$/.test(keys)) return null
  return (
    <span
      aria-hidden="true"
      className={cx(
        'rounded-1 border border-line bg-surface px-1 font-sans text-11 font-medium whitespace-nowrap text-text-3 phone:hidden pointer-coarse:hidden',
        className,
      )}
    >
      {shown(keys)}
    </span>
  )
}
