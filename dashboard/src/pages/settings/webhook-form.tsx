import { type FormEvent, useState } from 'react'
import type * as z from 'zod'
import type { EventType, WebhookBody, WebhookMade } from '../../../../shared/integrations/schema.ts'
import { api, fieldError, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Options, TextInput } from '../../ui/field.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWrite } from '../../write.ts'

type Made = z.infer<typeof WebhookMade>
const events = [
  { value: 'incident.created', label: 'Incident opened' },
  { value: 'incident.acknowledged', label: 'acknowledged' },
  { value: 'incident.resolved', label: 'resolved' },
  { value: 'incident.reopened', label: 'reopened' },
  { value: 'monitor.down', label: 'Monitor down' },
  { value: 'monitor.up', label: 'up' },
  { value: 'alert.firing', label: 'Alert fires' },
  { value: 'alert.resolved', label: 'ends' },
] as const satisfies readonly { value: EventType; label: string }[]

/** Name, address, what it is told of. A new one's secret comes with the answer, once. */
export function WebhookForm({
  webhook,
  onClose,
  onSaved,
}: {
  webhook: WebhookBody | null
  onClose: () => void
  onSaved: (w: Made) => void
}) {
  const [name, setName] = useState(webhook?.name ?? '')
  const [url, setUrl] = useState(webhook?.url ?? '')
  const [chosen, setChosen] = useState<string[]>(
    webhook?.events ?? events.filter((e) => e.value.startsWith('incident.')).map((e) => e.value),
  )
  const [tried, setTried] = useState(false)
  const save = useWrite({
    send: () => {
      const body = { name: name.trim(), url: url.trim(), events: chosen }
      return webhook
        ? api.patch<Made>(`/api/integrations/webhooks/${webhook.id}`, body)
        : api.post<Made>('/api/integrations/webhooks', body)
    },
    done: (w) => {
      toast(webhook ? `${w.name} saved` : `${w.name} made`)
      onSaved(w)
    },
    refresh: [['webhooks']],
  })
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    setTried(true)
    if (name.trim() && url.trim() && chosen.length && !save.isPending) save.mutate(undefined)
  }
  return (
    <Dialog
      title={webhook ? `Edit ${webhook.name}` : 'New endpoint'}
      onClose={onClose}
      dirty={name !== (webhook?.name ?? '') || url !== (webhook?.url ?? '')}
      consequence={
        save.error != null ? (
          <span role="alert" className="text-down">
            {sentence(save.error)}
          </span>
        ) : (
          'Tried again for 24 h when it does not answer'
        )
      }
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="webhook" keys="mod+enter" busy={save.isPending}>
            {webhook ? 'Save' : 'Make endpoint'}
          </Button>
        </>
      }
    >
      <SubmitKey label="Save the endpoint" run={submit} />
      <form id="webhook" onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
        <Field label="Name" error={tried && !name.trim() ? 'What you call it, for example Ticket system' : fieldError(save.error, 'name')}>
          {(aria) => (
            <TextInput {...aria} autoFocus maxLength={120} autoComplete="off" value={name} onChange={(e) => setName(e.target.value)} />
          )}
        </Field>
        <Field
          label="Address"
          error={tried && !url.trim() ? 'A whole address, for example https://hooks.kestrel.example/tocsin' : fieldError(save.error, 'url')}
        >
          {(aria) => (
            <TextInput
              {...aria}
              type="url"
              inputMode="url"
              mono
              maxLength={2000}
              autoComplete="off"
              placeholder="https://"
              value={url}
              onChange={(e) => setUrl(e.target.value)}
            />
          )}
        </Field>
        <Options
          legend="Is told of"
          type="checkbox"
          options={events}
          chosen={chosen}
          onChange={setChosen}
          error={tried && !chosen.length ? 'Choose at least one event' : fieldError(save.error, 'events')}
        />
      </form>
    </Dialog>
  )
}
