import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Layer } from '../../ui/layer.tsx'
import { Tile } from './tile.tsx'
import type { Panel } from './wire.ts'

type Props = Pick<Parameters<typeof Tile>[0], 'chosen' | 'range' | 'zone' | 'onRange'> & {
  panel: Panel
  onClose: () => void
  onAlert: () => void
}

/** One panel over everything, with the whole legend. Esc goes back to the board. */
export function FullScreen({ panel, onClose, onAlert, ...rest }: Props) {
  const [size, setSize] = useState({ width: innerWidth, height: innerHeight })
  useEffect(() => {
    const measure = () => setSize({ width: innerWidth, height: innerHeight })
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [])
  const nothing = () => {}
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content aria-describedby={undefined} className="enter-pop fixed inset-4 z-31 outline-none phone:inset-0">
          <Layer>
            <Dialog.Title className="sr-only">{panel.title || 'Panel'}, full screen</Dialog.Title>
            <Tile
              {...rest}
              panel={panel}
              full
              editing={false}
              canEdit={false}
              height={size.height - 32}
              width={size.width}
              verbs={{ edit: nothing, copy: nothing, remove: nothing, open: nothing, alert: onAlert }}
            />
            <Button kind="plain" icon={X} aria-label="Close, key Esc" onClick={onClose} className="absolute top-1 right-10" />
          </Layer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
