import { useState } from 'react'
import { usePrefs } from '../prefs.ts'
import { Button } from '../ui/button.tsx'
import { shown } from '../ui/kbd.tsx'
import { Dialog } from '../ui/sheet.tsx'
import { shortcutsNow } from '../ui/use-keys.ts'

/** `?`: every shortcut that works on this page, by group. What it lists is what the page registered. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const [list] = useState(() => [...new Map(shortcutsNow(0).map((s) => [s.keys, s])).values()].filter((s) => !s.hidden))
  const { letters } = usePrefs()
  const groups = [...Map.groupBy(list, (s) => s.group)].sort(([a], [b]) => order(a) - order(b))
  return (
    <Dialog
      title="Keyboard shortcuts"
      onClose={onClose}
      buttons={<Button onClick={onClose}>Close</Button>}
      className="w-[min(640px,calc(100%-32px))]"
    >
      {!letters && <p className="mb-3 text-text-2">Single letters are turned off in Settings, Profile. The others work.</p>}
      <div className="grid grid-cols-2 gap-x-8 gap-y-4 phone:grid-cols-1">
        {groups.map(([group, shortcuts]) => (
          <section key={group} aria-label={group}>
            <h3 className="mb-1 text-12 text-text-3">{group}</h3>
            <dl>
              {shortcuts.map((s) => (
                <div key={s.keys} className="flex min-h-7 items-center gap-3 border-b border-line-soft last:border-0">
                  <dt className="flex-1">{s.label}</dt>
                  <dd className="flex gap-1">
                    {s.keys.split(' ').map((k) => (
                      <kbd key={k} className="rounded-1 border border-line bg-canvas px-1.5 font-sans text-11 font-medium text-text-2">
                        {shown(k)}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

/** The page's own first, the way around last. */
const order = (group: string): number => ({ 'Go to': 2, Everywhere: 1 })[group] ?? 0
