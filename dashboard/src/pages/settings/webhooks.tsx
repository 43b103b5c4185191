import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { WebhookBody } from '../../../../shared/integrations/schema.ts'
import { useMe } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Panel, Stack } from '../../ui/panel.tsx'
import { EmptyState, Load } from '../../ui/state.tsx'
import { type Column, rowsOf, Table } from '../../ui/table.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { health, lastDay } from './delivery.ts'
import { ScopeChip } from './keys.tsx'
import { Once } from './once.tsx'
import { useWebhooks } from './queries.ts'
import { Tone } from './tone.tsx'
import { Webhook } from './webhook.tsx'
import { WebhookForm } from './webhook-form.tsx'

const shape = { open: text() }
export type Secret = { name: string; url: string; secret: string; until?: string }

/** Where events are sent, and below what became of the chosen endpoint's. `?open=<id>` or `new`. */
export function Webhooks() {
  const webhooks = useWebhooks()
  const { may } = useMe()
  const mayWrite = may('integrations:write')
  const [view, setView] = useUrlState(shape)
  const [secret, setSecret] = useState<Secret | null>(null)
  const make = () => mayWrite && setView({ open: 'new' })
  useKeys([{ keys: 'c', label: 'New endpoint', group: 'This page', run: make }])
  // one that was just made is known by its address before the list has it
  const named = view.open !== '' && view.open !== 'new'
  const chosen = named ? webhooks.data?.find((w) => w.id === view.open) : webhooks.data?.[0]
  return (
    <Stack>
      <Panel
        title="Outgoing webhooks"
        sub={<span className="phone:hidden">signed as Standard Webhooks</span>}
        actions={
          mayWrite && (
            <Button kind="primary" icon={Plus} keys="c" onClick={make}>
              New endpoint
            </Button>
          )
        }
      >
        <Load query={webhooks}>
          {(list) =>
            list.length ? (
              <Table
                label="Endpoints"
                columns={columns}
                rows={rowsOf(list, (w) => w.id)}
                href={(w) => `?open=${w.id}`}
                selected={chosen?.id ?? null}
                onSelect={(open) => setView({ open }, { replace: true })}
                rowClass="[&>td]:h-11"
              />
            ) : (
              <EmptyState title="No endpoint yet">
                <p>An endpoint of yours is told as JSON when an incident opens, is acknowledged and resolved. A policy can page it too.</p>
              </EmptyState>
            )
          }
        </Load>
      </Panel>
      {chosen && (
        <Webhook
          key={chosen.id}
          webhook={chosen}
          mayWrite={mayWrite}
          onSecret={setSecret}
          onGone={() => setView({ open: '' }, { replace: true })}
        />
      )}
      {view.open === 'new' && mayWrite && (
        <WebhookForm
          webhook={null}
          onClose={() => setView({ open: '' }, { replace: true })}
          onSaved={(w) => {
            setView({ open: w.id }, { replace: true })
            if (w.secret) setSecret({ name: w.name, url: w.url, secret: w.secret })
          }}
        />
      )}
      {secret && (
        <Once
          title="Copy the secret now"
          about="It is shown this once. With it your endpoint knows that a message came from here; lost means rotate it."
          secret={secret.secret}
          facts={[
            ['Endpoint', secret.name],
            ['Address', secret.url],
            ...(secret.until ? ([['The old one', `also signs until ${secret.until}`]] as const) : []),
          ]}
          onClose={() => setSecret(null)}
        />
      )}
    </Stack>
  )
}

const columns: Column<WebhookBody>[] = [
  {
    id: 'endpoint',
    head: 'Endpoint',
    className: 'phone:w-full phone:max-w-0 max-w-[420px]',
    cell: (w) => (
      <>
        <span className="block truncate font-550">{w.name}</span>
        <span className="block truncate font-mono text-12 leading-4 text-text-3">{w.url}</span>
      </>
    ),
  },
  {
    id: 'sends',
    head: 'Sends',
    className: 'phone:hidden',
    cell: (w) => (
      <span className="flex flex-wrap gap-1">
        {patterns(w.events).map((e) => (
          <ScopeChip key={e} scope={e} />
        ))}
      </span>
    ),
  },
  { id: 'day', head: 'Last 24 h', className: 'below-900:hidden text-text-2 whitespace-nowrap', cell: (w) => lastDay(w.last_day) },
  { id: 'state', head: 'State', cell: (w) => <Tone {...health(w)} /> },
]

/** A noun whose events are all sent is one chip: `incident.*`. */
export function patterns(events: readonly string[]): string[] {
  const all: Record<string, number> = { incident: 4, monitor: 2 }
  return [...new Set(events.map((e) => e.split('.')[0]!))].flatMap((noun) => {
    const own = events.filter((e) => e.startsWith(`${noun}.`))
    return own.length === all[noun] ? [`${noun}.*`] : own
  })
}
