import { type FormEvent, useState } from 'react'
import type { ContactMethodBody } from '../../../../shared/notify/schema.ts'
import { api, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWrite } from '../../write.ts'
import { channelLooks } from './contacts.tsx'

/** Six digits that were sent to the contact. */
export function Verify({ contact, onClose }: { contact: ContactMethodBody; onClose: () => void }) {
  const [code, setCode] = useState('')
  const verify = useWrite({
    send: () => api.post<ContactMethodBody>(`/api/oncall/contact-methods/${contact.id}/verify`, { code }),
    done: () => {
      toast(`${channelLooks[contact.channel].name} ${contact.contact} verified`)
      onClose()
    },
    refresh: [['contacts'], ['notification-rules']],
  })
  const again = useWrite({
    send: () => api.post<{ outcome: string; detail: string | null }>(`/api/oncall/contact-methods/${contact.id}/code`),
    done: ({ outcome, detail }) => toast(outcome === 'accepted' ? 'Another code is on its way' : `No code left: ${detail ?? outcome}`),
    refresh: [],
  })
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    if (/^\d{6}$/.test(code) && !verify.isPending) verify.mutate(undefined)
  }
  return (
    <Dialog
      title={`Verify ${contact.contact}`}
      onClose={onClose}
      consequence={again.error != null && <span role="alert">{sentence(again.error)}</span>}
      buttons={
        <>
          <Button busy={again.isPending} onClick={() => again.mutate(undefined)}>
            Send another code
          </Button>
          <Button kind="primary" type="submit" form="verify" keys="mod+enter" busy={verify.isPending} disabled={!/^\d{6}$/.test(code)}>
            Verify
          </Button>
        </>
      }
    >
      <SubmitKey label="Verify" run={submit} />
      <form id="verify" onSubmit={submit} noValidate>
        <Field
          label="Code"
          help={`Six digits, sent by ${channelLooks[contact.channel].name} a moment ago. They live ten minutes.`}
          error={verify.error == null ? undefined : sentence(verify.error)}
        >
          {(aria) => (
            <TextInput
              {...aria}
              big
              mono
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={6}
              className="tracking-[.3em]"
              value={code}
              onChange={(e) => setCode(e.target.value.replace(/\D/g, ''))}
            />
          )}
        </Field>
      </form>
    </Dialog>
  )
}
