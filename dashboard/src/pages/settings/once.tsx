import { Copy } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { toast } from '../../ui/toast.tsx'

type Props = {
  title: string
  about: string
  secret: string
  facts: readonly (readonly [name: string, value: ReactNode])[]
  onClose: () => void
}

/** A secret that is shown this once: closing is a button and nothing else, so that no stray key loses it. */
export function Once({ title, about, secret, facts, onClose }: Props) {
  const copy = () => navigator.clipboard.writeText(secret).then(() => toast('Copied'))
  return (
    <Dialog
      title={title}
      onClose={() => {}}
      buttons={
        <Button kind="primary" onClick={onClose}>
          I have it
        </Button>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
        <p className="text-text-2">{about}</p>
        <div className="grid grid-cols-[minmax(0,1fr)_auto] items-stretch gap-2 phone:grid-cols-[minmax(0,1fr)]">
          <code className="rounded-2 border border-line-soft bg-sunken px-3 py-[9px] font-mono text-13 [overflow-wrap:anywhere]">
            {secret}
          </code>
          <Button icon={Copy} className="h-auto! min-h-[38px]" onClick={copy}>
            Copy
          </Button>
        </div>
        <dl className="grid grid-cols-[112px_minmax(0,1fr)] gap-x-3 gap-y-0.5">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-text-3">{name}</dt>
              <dd className="[overflow-wrap:anywhere]">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  )
}
