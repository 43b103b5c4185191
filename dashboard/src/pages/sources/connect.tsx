import { Copy, Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import type { Source } from '../../../../shared/logs/schema.ts'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { toast } from '../../ui/toast.tsx'
import { text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { type Client, clientFor, clients, filled, masked } from './snippets.ts'

const shape = { with: text() }

/** Steps for this very source, a tab per client. Copying takes the whole token; what is seen has it masked. */
export function Connect({ source }: { source: Source }) {
  const [view] = useUrlState(shape)
  const [seen, setSeen] = useState(false)
  const client = (clients as readonly Client[]).find((c) => c.id === view.with) ?? clientFor(source.ingestion_method)
  const origin = `${location.protocol}//${source.ingesting_host}`
  const shown = source.token && (seen ? source.token : masked(source.token))
  const copy = (code: string) => navigator.clipboard.writeText(code).then(() => toast('Copied'))
  return (
    <Panel
      title={`Send ${client.sends}`}
      actions={
        source.token && (
          <Button kind="ghost" icon={seen ? EyeOff : Eye} aria-pressed={seen} onClick={() => setSeen(!seen)}>
            {seen ? 'Hide the token' : 'Show the token'}
          </Button>
        )
      }
    >
      <div className="px-4 pt-1">
        <Tabs
          label="Client"
          tabs={(clients as readonly Client[]).map((c) => ({ href: `?with=${c.id}`, name: c.name, current: c.id === client.id }))}
        />
      </div>
      <ol>
        {client.steps.map((step, i) => (
          <li key={`${client.id} ${step.title}`} className="border-b border-line-soft px-4 py-3 last:border-0">
            <h3 className="flex items-center gap-2.5 font-550">
              <span aria-hidden="true" className="grid size-5 place-items-center rounded-full border border-line-strong text-11">
                {i + 1}
              </span>
              {step.title}
              <Button
                icon={Copy}
                className="ml-auto"
                aria-label={`Copy: ${step.title}`}
                onClick={() => copy(filled(step.code, origin, source.token))}
              >
                Copy
              </Button>
            </h3>
            <ScrollBox label={step.title} className="mt-2 rounded-2 border border-line-soft bg-sunken">
              <pre className="px-3 py-2.5 font-mono text-12 leading-[18px]">{filled(step.code, origin, shown)}</pre>
            </ScrollBox>
          </li>
        ))}
      </ol>
      <p className="border-t border-line-soft px-4 py-2.5 text-12 text-text-3">
        {source.token
          ? 'Copy takes the whole token. It can only write, only here.'
          : 'Your role does not see the token. Ask somebody who may change sources for it.'}
      </p>
    </Panel>
  )
}
