import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type * as z from 'zod'
import type { DeliveryBody, DeliveryDetail, WebhookBody } from '../../../../shared/integrations/schema.ts'
import { api, sentence } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { Button } from '../../ui/button.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { EmptyState, Load } from '../../ui/state.tsx'
import { type Column, rowsOf, Table } from '../../ui/table.tsx'
import { useNow } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { clock, dayAndClock, duration, weekday } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { outcome, tries } from './delivery.ts'
import { Tone } from './tone.tsx'

const tones = { delivered: 'up', pending: 'warn', failed: 'down' } as const
type Props = { webhook: WebhookBody; deliveries: UseQueryResult<DeliveryBody[]>; mayWrite: boolean }

/** What was sent, what came back, how often; each can be opened and sent again. */
export function Deliveries({ webhook, deliveries, mayWrite }: Props) {
  const zone = useZone()
  const now = useNow()
  const [open, setOpen] = useState<DeliveryBody | null>(null)
  const again = useWrite({
    send: (d: DeliveryBody) => api.post<DeliveryBody>(`/api/integrations/webhooks/${webhook.id}/deliveries/${d.id}/resend`),
    done: (_, d) => toast(`${d.type} is sent again`),
    refresh: [['webhooks']],
  })
  const columns: Column<DeliveryBody>[] = [
    {
      id: 'time',
      head: `Time, ${zone}`,
      className: 'whitespace-nowrap',
      cell: (d) => (
        <time className="font-mono text-12" dateTime={d.created_at}>
          {when(Date.parse(d.created_at), zone, now)}
        </time>
      ),
    },
    {
      id: 'event',
      head: 'Event',
      className: 'phone:max-w-0 phone:w-full',
      cell: (d) => (
        <button type="button" className="block max-w-full truncate font-mono text-12 hover:underline" onClick={() => setOpen(d)}>
          {d.type}
        </button>
      ),
    },
    { id: 'outcome', head: 'Outcome', cell: (d) => <Tone tone={tones[d.state]} word={outcome(d, now)} /> },
    { id: 'tries', head: 'Tries', className: 'phone:hidden text-text-2 whitespace-nowrap', cell: tries },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      numeric: true,
      className: 'phone:hidden',
      cell: (d) =>
        mayWrite && (
          <Button kind="ghost" busy={again.isPending && again.variables?.id === d.id} onClick={() => again.mutate(d)}>
            Send again
          </Button>
        ),
    },
  ]
  return (
    <>
      {again.error != null && (
        <p role="alert" className="border-b border-line-soft px-3.5 py-2 text-12 text-down">
          {sentence(again.error)}
        </p>
      )}
      <Load query={deliveries}>
        {(list) =>
          list.length ? (
            <Table label="Deliveries" columns={columns} rows={rowsOf(list, (d) => d.id)} />
          ) : (
            <EmptyState title="Nothing sent yet" waiting="Waiting for the first event. It appears here without reload.">
              <p>Send a test to see whether your endpoint answers.</p>
            </EmptyState>
          )
        }
      </Load>
      {open && (
        <Delivery webhook={webhook} delivery={open} mayWrite={mayWrite} onAgain={() => again.mutate(open)} onClose={() => setOpen(null)} />
      )}
    </>
  )
}

const when = (at: number, zone: string, now: number): string =>
  dayAndClock(at, zone, now).startsWith('today') ? clock(at, zone) : `${weekday(at, zone, now)} ${clock(at, zone, false)}`

type One = { webhook: WebhookBody; delivery: DeliveryBody; mayWrite: boolean; onAgain: () => void; onClose: () => void }
function Delivery({ webhook, delivery, mayWrite, onAgain, onClose }: One) {
  const zone = useZone()
  const detail = useQuery({
    queryKey: ['webhooks', webhook.id, 'deliveries', delivery.id],
    queryFn: ({ signal }) =>
      api.get<z.infer<typeof DeliveryDetail>>(`/api/integrations/webhooks/${webhook.id}/deliveries/${delivery.id}`, undefined, signal),
  })
  return (
    <Dialog
      title={`${delivery.type} to ${webhook.name}`}
      onClose={onClose}
      consequence={<span className="font-mono">webhook-id {delivery.id}</span>}
      buttons={
        <>
          {mayWrite && (
            <Button
              onClick={() => {
                onAgain()
                onClose()
              }}
            >
              Send again
            </Button>
          )}
          <Button kind="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <Load query={detail}>
        {(d) => (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
            <ol aria-label="Tries" className="grid gap-1.5">
              {d.attempts.map((a) => (
                <li key={a.at} className="grid grid-cols-[76px_minmax(0,1fr)] gap-2.5">
                  <time dateTime={a.at} className="font-mono text-12 leading-5 text-text-3">
                    {clock(Date.parse(a.at), zone)}
                  </time>
                  <span className="[overflow-wrap:anywhere]">
                    {a.status_code ?? a.error ?? 'no answer'} in {duration(a.duration_ms)}
                    {a.response && <span className="block font-mono text-12 whitespace-pre-wrap text-text-3">{a.response}</span>}
                  </span>
                </li>
              ))}
              {!d.attempts.length && <li className="text-text-3">Not tried yet</li>}
            </ol>
            <ScrollBox label="What was sent" className="max-h-72 rounded-2 border border-line-soft bg-sunken">
              <pre className="px-2.5 py-2 font-mono text-12 leading-[18px] whitespace-pre-wrap [overflow-wrap:anywhere]">
                {JSON.stringify(d.payload, null, 2)}
              </pre>
            </ScrollBox>
          </div>
        )}
      </Load>
    </Dialog>
  )
}
