import { ButtonLink } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Load, Skeleton } from '../../ui/state.tsx'
import { useContacts } from '../settings/contact-queries.ts'
import { ContactRow } from '../settings/contacts.tsx'

/** The ways to me, each with its test; adding and rules are a page of their own. */
export function MyContacts() {
  const contacts = useContacts()
  return (
    <Panel title="How I am paged" actions={<ButtonLink kind="ghost" href="/settings/contacts">Change</ButtonLink>}>
      <Load query={contacts} skeleton={<Skeleton rows={2} />}>
        {({ data }) => (
          <>
            <ul>{data.map((c) => <ContactRow key={c.id} contact={c} />)}</ul>
            {data.every((c) => c.channel === 'email') && (
              <p className="border-t border-line-soft px-3.5 py-2.5 text-12 text-warn">Only e-mail: at night nothing rings. Add a phone or this browser.</p>
            )}
          </>
        )}
      </Load>
    </Panel>
  ) // biome-ignore format: a panel
}
