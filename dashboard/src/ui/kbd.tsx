import { printed } from '../keys.ts'
import { usePrefs } from '../prefs.ts'
import { cx } from './cx.ts'

const mac = /Mac|iPhone|iPad/.test(navigator.platform)
export const shown = (keys: string): string => printed(keys, mac)

const looks = {
  cap: 'border-line bg-surface px-1 text-text-3',
  bare: 'border-transparent px-0 text-text-3',
  'on-ink': 'border-transparent px-0 text-[color-mix(in_oklab,var(--on-ink)_78%,var(--ink))]',
}

/** A key cap, or the bare key on a button. Hidden on phones, and where single letters are turned off. */
export function Kbd({ keys, look = 'cap', className }: { keys: string; look?: keyof typeof looks; className?: string }) {
  const { letters } = usePrefs()
  if (!letters && /^[a-z[\].?/]( [a-z,])?$/.test(keys)) return null
  return (
    <span
      aria-hidden="true"
      className={cx(
        'rounded-1 border font-sans text-11 font-medium whitespace-nowrap phone:hidden pointer-coarse:hidden',
        looks[look],
        className,
      )}
    >
      {shown(keys)}
    </span>
  )
}
