import { type FormEvent, useId, useState } from 'react'
import type { IngestionMethod, Source } from '../../../../shared/logs/schema.ts'
import { api, fieldError, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError, Options, TextInput } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { useWrite } from '../../write.ts'
import { methodNames } from './methods.ts'

/** A name and a way: everything else has a default and can be changed later. */
export function NewSource({ onClose, onMade }: { onClose: () => void; onMade: (source: Source) => void }) {
  const form = useId()
  const [name, setName] = useState('')
  const [method, setMethod] = useState<IngestionMethod>('HTTP')
  const [key] = useState(() => crypto.randomUUID())
  const make = useWrite({
    send: (body: { name: string; ingestion_method: IngestionMethod }) => api.post<Source>('/api/logs/sources', body, { key }),
    done: onMade,
    refresh: [['sources']],
  })
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    if (name.trim() && !make.isPending) make.mutate({ name: name.trim(), ingestion_method: method })
  }
  const below = make.error && !fieldError(make.error, 'name') ? <FieldError>{sentence(make.error)}</FieldError> : 'Next: how to connect it.'
  return (
    <Sheet
      title="New source"
      onClose={onClose}
      dirty={name !== ''}
      consequence={make.error ? <span role="alert">{below}</span> : below}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={form} keys="mod+enter" busy={make.isPending} disabled={!name.trim()}>
            Create source
          </Button>
        </>
      }
    >
      <SubmitKey label="Create source" run={() => submit()} />
      <form id={form} onSubmit={submit} noValidate className="grid gap-4">
        <Field label="Name" help="What sends: a service, a host, a cluster." error={fieldError(make.error, 'name')}>
          {(aria) => (
            <TextInput {...aria} big value={name} maxLength={100} placeholder="checkout-api" onChange={(e) => setName(e.target.value)} />
          )}
        </Field>
        <Options
          legend="Fed by"
          type="radio"
          options={Object.entries(methodNames).map(([value, label]) => ({ value, label }))}
          chosen={[method]}
          onChange={([value]) => setMethod(value as IngestionMethod)}
          help="It decides which steps are shown first. Every source takes every way."
        />
      </form>
    </Sheet>
  )
}
