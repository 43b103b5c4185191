import { type FormEvent, useState } from 'react'
import type { ContactMethodBody, ContactMethodInput, ContactMethodList, ContactMethodMade } from '../../../../shared/notify/schema.ts'
import { api, fieldError, sentence } from '../../api.ts'
import { browserName, subscribe, whyNoPush } from '../../push.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Options, TextInput } from '../../ui/field.tsx'
import { Note } from '../../ui/panel.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { SubmitKey } from '../../ui/submit-key.tsx'
import { useWrite } from '../../write.ts'
import { channelLooks } from './contacts.tsx'

type Channel = ContactMethodBody['channel']

const asks: Record<Exclude<Channel, 'push'>, { label: string; type: string; example: string; complete: string }> = {
  sms: { label: 'Number', type: 'tel', example: '+33 6 12 34 56 78', complete: 'tel' },
  voice: { label: 'Number', type: 'tel', example: '+33 6 12 34 56 78', complete: 'tel' },
  email: { label: 'Address', type: 'email', example: 'ines@example.com', complete: 'email' },
  telegram: { label: 'Chat id, if you know it', type: 'text', example: 'empty: a link opens the chat', complete: 'off' },
}

/** A code leaves at once to what is added here; push asks this browser itself. */
export function AddContact({
  list,
  onClose,
  onMade,
}: {
  list: ContactMethodList
  onClose: () => void
  onMade: (c: ContactMethodMade) => void
}) {
  const [channel, setChannel] = useState<Channel>(list.channels.some((c) => c.channel === 'sms') ? 'sms' : 'push')
  const [contact, setContact] = useState('')
  const [link, setLink] = useState<string | null>(null)
  const blocked = channel === 'push' ? whyNoPush() : null
  const make = useWrite({
    send: async () => api.post<ContactMethodMade>('/api/oncall/contact-methods', await inputOf(channel, contact.trim(), list.push_key)),
    done: (made) => (made.link ? setLink(made.link) : onMade(made)),
    refresh: [['contacts'], ['notification-rules']],
  })
  const submit = (e?: FormEvent) => {
    e?.preventDefault()
    if (!blocked && !make.isPending && !link) make.mutate(undefined)
  }
  const ask = channel === 'push' ? null : asks[channel]
  return (
    <Dialog
      title="Add a contact method"
      onClose={onClose}
      dirty={Boolean(contact) && !link}
      consequence={make.error != null ? <span role="alert">{sentence(make.error)}</span> : 'A code proves that it is yours'}
      buttons={
        link ? (
          <Button onClick={onClose}>Done</Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button kind="primary" type="submit" form="add-contact" keys="mod+enter" busy={make.isPending} disabled={blocked !== null}>
              {channel === 'push' ? 'Allow and add' : 'Send a code'}
            </Button>
          </>
        )
      }
    >
      <SubmitKey label="Add the contact" run={submit} />
      <form id="add-contact" onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-3.5">
        <Options
          legend="Way"
          type="radio"
          options={list.channels.map((c) => ({ value: c.channel, label: channelLooks[c.channel].name }))}
          chosen={[channel]}
          onChange={([c]) => setChannel(c as Channel)}
        />
        {ask && !link && (
          <Field label={ask.label} error={fieldError(make.error, 'contact')}>
            {(aria) => (
              <TextInput
                {...aria}
                type={ask.type}
                autoComplete={ask.complete}
                placeholder={ask.example}
                value={contact}
                onChange={(e) => setContact(e.target.value)}
              />
            )}
          </Field>
        )}
        {channel === 'push' && (
          <Note>{blocked ?? `${browserName()} is asked for permission. On a phone it rings with the app closed, too.`}</Note>
        )}
        {link && (
          <Note tone="up">
            <a className="text-accent underline decoration-accent-line underline-offset-3" href={link} target="_blank" rel="noreferrer">
              Open the chat in Telegram
            </a>{' '}
            and press Start: it is verified then.
          </Note>
        )}
      </form>
    </Dialog>
  )
}

async function inputOf(channel: Channel, contact: string, key: string): Promise<ContactMethodInput> {
  switch (channel) {
    case 'push':
      return { channel, subscription: await subscribe(key), label: browserName() }
    case 'telegram':
      return { channel, ...(contact ? { contact } : {}) }
    default:
      return { channel, contact }
  }
}
