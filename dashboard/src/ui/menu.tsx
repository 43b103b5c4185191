import type { LucideIcon } from 'lucide-react'
import { Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { Icon } from './icon.tsx'
import { Kbd } from './kbd.tsx'

export type MenuItem = { label: ReactNode; icon?: LucideIcon; keys?: string; danger?: boolean; run: () => void }

/** "More actions": verbs that have no room of their own. */
export const Menu = ({
  label = 'More actions',
  items,
  trigger,
  quiet,
}: {
  label?: string
  items: readonly MenuItem[]
  trigger?: ReactNode /** In a row or a panel's head: no edge. */
  quiet?: boolean
}) => (
  <DropdownMenu.Root>
    <DropdownMenu.Trigger asChild>
      {trigger ?? <Button kind={quiet ? 'ghost' : 'plain'} icon={Ellipsis} aria-label={label} />}
    </DropdownMenu.Trigger>
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        align="end"
        sideOffset={4}
        aria-label={label}
        className="enter-pop z-40 min-w-44 rounded-3 bg-raised p-1 shadow-pop outline-none"
      >
        {items.map((item, i) => (
          <DropdownMenu.Item
            key={i}
            onSelect={item.run}
            className={cx(
              'flex h-8 cursor-pointer items-center gap-2 rounded-2 px-2 outline-none data-highlighted:bg-active pointer-coarse:h-11',
              item.danger && 'text-down',
            )}
          >
            {item.icon && <Icon of={item.icon} className={item.danger ? '' : 'text-text-3'} />}
            <span className="flex-1">{item.label}</span>
            {item.keys && <Kbd keys={item.keys} />}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  </DropdownMenu.Root>
)
