import { Check, Columns3 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { setPrefs, usePrefs } from '../../prefs.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { hideable } from './columns.tsx'

/** Which columns are shown; kept per browser. */
export function ColumnMenu() {
  const { hiddenColumns } = usePrefs()
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button icon={Columns3} aria-label="Columns" className="phone:hidden" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="enter-pop z-40 min-w-44 rounded-3 bg-raised p-1 shadow-pop outline-none"
        >
          {hideable.map(([id, name]) => {
            const shown = !hiddenColumns.includes(id)
            return (
              <DropdownMenu.CheckboxItem
                key={id}
                checked={shown}
                onSelect={(e) => e.preventDefault()}
                onCheckedChange={() => setPrefs({ hiddenColumns: shown ? [...hiddenColumns, id] : hiddenColumns.filter((c) => c !== id) })}
                className="flex h-8 cursor-pointer items-center gap-2 rounded-2 px-2 outline-none data-highlighted:bg-active pointer-coarse:h-11"
              >
                <span className="w-4 text-accent">
                  <DropdownMenu.ItemIndicator>
                    <Icon of={Check} />
                  </DropdownMenu.ItemIndicator>
                </span>
                {name}
              </DropdownMenu.CheckboxItem>
            )
          })}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
