import { Bell, Mail, MessageSquare, Phone, Plus, Send } from 'lucide-react'
import { useState } from 'react'
import type { ContactMethodBody, ContactMethodList } from '../../../../shared/notify/schema.ts'
import { api, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Columns, Note, Panel } from '../../ui/panel.tsx'
import { Load } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useWrite } from '../../write.ts'
import { AddContact } from './contact-add.tsx'
import { useContacts } from './contact-queries.ts'
import { ContactRules } from './contact-rules.tsx'
import { Verify } from './contact-verify.tsx'
import { Tone } from './tone.tsx'

export const channelLooks = {
  email: { icon: Mail, name: 'E-mail' },
  sms: { icon: MessageSquare, name: 'SMS' },
  voice: { icon: Phone, name: 'Call' },
  push: { icon: Bell, name: 'Push' },
  telegram: { icon: Send, name: 'Telegram' },
} satisfies Record<ContactMethodBody['channel'], object>

type Open = 'add' | { verify: string } | null
const REFRESH = [['contacts'], ['notification-rules']]

/** `/settings/contacts`: the ways to you, what each urgency does with them, and when you want quiet. */
export function Contacts() {
  const contacts = useContacts()
  const [open, setOpen] = useState<Open>(null)
  useKeys([{ keys: 'c', label: 'Add a contact', group: 'This page', run: () => setOpen('add') }])
  const verifying = open && open !== 'add' ? contacts.data?.data.find((c) => c.id === open.verify) : null
  return (
    <Columns
      sideWidth={380}
      main={<ContactRules contacts={contacts.data?.data ?? []} />}
      side={
        <Panel
          title="Contact methods"
          actions={
            <Button kind="primary" icon={Plus} keys="c" onClick={() => setOpen('add')}>
              Add
            </Button>
          }
        >
          <Load query={contacts}>
            {(list) => (
              <>
                <ul>
                  {list.data.map((c) => (
                    <ContactRow key={c.id} contact={c} onVerify={() => setOpen({ verify: c.id })} />
                  ))}
                </ul>
                <Local list={list} />
              </>
            )}
          </Load>
          {open === 'add' && contacts.data && (
            <AddContact list={contacts.data} onClose={() => setOpen(null)} onMade={(c) => setOpen(c.verified ? null : { verify: c.id })} />
          )}
          {verifying && <Verify contact={verifying} onClose={() => setOpen(null)} />}
        </Panel>
      }
    />
  )
}

/** One way to a person: its test, and whether it is verified. Without `onVerify` it can only be tested. */
export function ContactRow({ contact, onVerify }: { contact: ContactMethodBody; onVerify?: () => void }) {
  const { icon, name } = channelLooks[contact.channel]
  const test = useWrite({
    send: () => api.post<{ outcome: string; detail: string | null }>(`/api/oncall/contact-methods/${contact.id}/test`),
    done: ({ outcome, detail }) =>
      toast(outcome === 'accepted' ? `A test is on its way to ${contact.contact}` : `The test did not leave: ${detail ?? outcome}`),
    refresh: [],
  })
  const remove = useWrite({
    send: () => api.delete(`/api/oncall/contact-methods/${contact.id}`),
    done: () => toast(`${name} ${contact.contact} deleted`),
    refresh: REFRESH,
  })
  const waits = contact.channel === 'telegram' && contact.contact.startsWith('waits')
  const failed = test.error ?? remove.error
  return (
    <li className="border-b border-line-soft px-3.5 py-[9px] last:border-b-0">
      <div className="grid grid-cols-[28px_minmax(0,1fr)_auto] items-center gap-x-2.5">
        <span className="grid size-7 place-items-center rounded-full border border-line bg-active text-text-2">
          <Icon of={icon} />
        </span>
        <span className="min-w-0">
          <span className="block truncate font-550" title={contact.contact}>
            {waits ? 'Waits for the chat' : contact.contact}
          </span>
          <small className="block truncate text-12 leading-4 text-text-3">{[name, contact.label].filter(Boolean).join(', ')}</small>
        </span>
        <span className="flex items-center gap-1">
          {contact.verified ? (
            <Button busy={test.isPending} aria-label={`Send a test to ${contact.contact}`} onClick={() => test.mutate(undefined)}>
              Test
            </Button>
          ) : waits || !onVerify ? null : (
            <Button kind="primary" onClick={onVerify}>
              Verify
            </Button>
          )}
          {!contact.is_account && onVerify && (
            <Menu
              quiet
              label={`More about ${contact.contact}`}
              items={[{ label: 'Delete', danger: true, run: () => remove.mutate(undefined) }]}
            />
          )}
        </span>
      </div>
      <div className="mt-1 pl-[38px]">
        {contact.verified ? (
          <Tone tone="up" word={contact.is_account ? 'Your account’s address' : 'Verified'} />
        ) : (
          <Tone tone="warn" word={waits ? 'Press Start in the chat, or add it again' : 'Not verified: it is not paged'} />
        )}
        {failed != null && <FieldError>{sentence(failed)}</FieldError>}
      </div>
    </li>
  )
}

/** On one machine nothing leaves: said once, where somebody would wait for a call. */
function Local({ list }: { list: ContactMethodList }) {
  const local = list.channels.filter((c) => c.local).map((c) => channelLooks[c.channel].name)
  if (!local.length) return null
  return (
    <div className="border-t border-line-soft p-3.5">
      <Note>
        <b>On this machine</b> {local.join(', ')} end in the{' '}
        <a className="text-accent underline decoration-accent-line underline-offset-3" href="/mailbox">
          mailbox
        </a>
        , until settings name a provider.
      </Note>
    </div>
  )
}
