import { useState } from 'react'
import type * as z from 'zod'
import type { DeliveryBody, SecretMade, WebhookBody } from '../../../../shared/integrations/schema.ts'
import { api, sentence } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Note, Panel } from '../../ui/panel.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { Shape } from '../../ui/status.tsx'
import { useNow } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { and, duration, moment } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { Deliveries } from './deliveries.tsx'
import { medianMs } from './delivery.ts'
import { useDeliveries, usePolicies } from './queries.ts'
import { WebhookForm } from './webhook-form.tsx'
import type { Secret } from './webhooks.tsx'

type Props = { webhook: WebhookBody; mayWrite: boolean; onSecret: (s: Secret) => void; onGone: () => void }

/** One endpoint: its address, its secret, how fast it answers, and every delivery. */
export function Webhook({ webhook, mayWrite, onSecret, onGone }: Props) {
  const path = `/api/integrations/webhooks/${webhook.id}`
  const deliveries = useDeliveries(webhook.id)
  const policies = usePolicies()
  const zone = useZone()
  const now = useNow(60_000)
  const [asking, setAsking] = useState<'edit' | 'delete' | 'rotate' | null>(null)
  const named = (policies.data ?? []).filter((p) => p.steps.some((s) => s.targets.some((t) => t.type === 'webhook' && t.id === webhook.id)))
  const refresh = [['webhooks']]
  const test = useWrite({ send: () => api.post<DeliveryBody>(`${path}/test`), done: () => toast('Test message on its way'), refresh })
  const turn = useWrite({
    send: (enabled: boolean) => api.patch(path, { enabled }),
    done: (_, enabled) =>
      toast(enabled ? `${webhook.name} is told again` : `${webhook.name} is told nothing any more`, { undo: () => turn.mutate(!enabled) }),
    refresh,
  })
  const rotate = useWrite({
    send: () => api.post<z.infer<typeof SecretMade>>(`${path}/rotate-secret`),
    done: (made) => {
      setAsking(null)
      onSecret({ name: webhook.name, url: webhook.url, secret: made.secret, until: moment(Date.parse(made.previous_until), zone, now) })
    },
    refresh,
  })
  const remove = useWrite({
    send: () => api.delete(path),
    done: () => {
      toast(`${webhook.name} deleted`)
      onGone()
    },
    refresh: [...refresh, ['policies']],
  })
  const median = medianMs(deliveries.data ?? [])
  const last = deliveries.data?.[0]
  const error = test.error ?? turn.error

  return (
    <Panel
      title={webhook.name}
      sub={
        named.length > 0 && (
          <span className="phone:hidden">
            also a target of {named.length > 1 ? 'policies' : 'policy'} {and(named.map((p) => p.name))}
          </span>
        )
      }
      actions={
        mayWrite && (
          <>
            <Button busy={test.isPending} onClick={() => test.mutate(undefined)}>
              Send a test
            </Button>
            <Menu
              quiet
              items={[
                { label: 'Edit', run: () => setAsking('edit') },
                { label: webhook.enabled ? 'Switch off' : 'Switch on', run: () => turn.mutate(!webhook.enabled) },
                { label: 'Rotate secret', run: () => setAsking('rotate') },
                { label: 'Delete endpoint', danger: true, run: () => setAsking('delete') },
              ]}
            />
          </>
        )
      }
    >
      {error != null && (
        <p role="alert" className="border-b border-line-soft px-3.5 py-2 text-12 text-down">
          {sentence(error)}
        </p>
      )}
      {webhook.disabled_why && !webhook.enabled && (
        <div className="p-3.5">
          <Note
            tone="down"
            icon={<Shape state="down" className="text-down" />}
            action={mayWrite && <Button onClick={() => turn.mutate(true)}>Switch on</Button>}
          >
            <b>Switched off by us.</b> {webhook.disabled_why}
          </Note>
        </div>
      )}
      <dl className="grid grid-cols-[repeat(4,auto)] border-b border-line-soft phone:grid-cols-1 [&>div]:min-w-0 [&>div]:border-r [&>div]:border-line-soft [&>div]:px-3.5 [&>div]:py-[9px] [&>div:last-child]:border-r-0 phone:[&>div]:border-r-0 phone:[&>div]:border-b [&_dd]:font-550 [&_dd]:[overflow-wrap:anywhere] [&_dt]:text-12 [&_dt]:text-text-3">
        <div>
          <dt>Address</dt>
          <dd className="font-mono text-12 leading-5">{webhook.url}</dd>
        </div>
        <div>
          <dt>Secret</dt>
          <dd className="flex flex-wrap items-center gap-2">
            <span className="font-mono text-12 leading-5">whsec_••••••••</span>
            {mayWrite && (
              <Button kind="ghost" className="h-6! px-1.5! pointer-coarse:h-11!" onClick={() => setAsking('rotate')}>
                Rotate
              </Button>
            )}
          </dd>
        </div>
        <div>
          <dt>Answers within</dt>
          <dd>{median === null ? 'not known yet' : `${duration(median)}, median`}</dd>
        </div>
        <div>
          <dt>Gives up after</dt>
          <dd>24 h{last && `, ${last.tries_max} tries`}</dd>
        </div>
      </dl>
      <Deliveries webhook={webhook} deliveries={deliveries} mayWrite={mayWrite} />
      {asking === 'edit' && <WebhookForm webhook={webhook} onClose={() => setAsking(null)} onSaved={() => setAsking(null)} />}
      {asking === 'rotate' && (
        <Dialog
          title={`Rotate the secret of ${webhook.name}?`}
          onClose={() => setAsking(null)}
          consequence={rotate.error != null && <span role="alert">{sentence(rotate.error)}</span>}
          buttons={
            <>
              <Button onClick={() => setAsking(null)}>Cancel</Button>
              <Button kind="primary" busy={rotate.isPending} onClick={() => rotate.mutate(undefined)}>
                Rotate secret
              </Button>
            </>
          }
        >
          <p className="text-text-2">
            A new secret is shown once. Messages are signed with both for a while, so that nothing is refused while you change yours.
          </p>
        </Dialog>
      )}
      {asking === 'delete' && (
        <Dialog
          title={`Delete ${webhook.name}?`}
          onClose={() => setAsking(null)}
          consequence={remove.error != null && <span role="alert">{sentence(remove.error)}</span>}
          buttons={
            <>
              <Button onClick={() => setAsking(null)}>Cancel</Button>
              <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
                Delete endpoint
              </Button>
            </>
          }
        >
          <p className="text-text-2">
            It is told nothing any more, and its deliveries are gone.{' '}
            {named.length > 0 && `The steps of ${and(named.map((p) => p.name))} that name it page nobody by it.`}
          </p>
        </Dialog>
      )}
    </Panel>
  )
}
