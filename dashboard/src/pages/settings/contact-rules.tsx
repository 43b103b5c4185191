import { Plus, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { ContactMethodBody, RulesBody } from '../../../../shared/notify/schema.ts'
import { api, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError, Options, Pick, Select, TextInput, Two } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Load } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { and } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { useRules } from './contact-queries.ts'
import { channelLooks } from './contacts.tsx'
import { afterWords, DAYS, type Day, type Wishes, wishesInput, wishesOf, wishFindings } from './wishes.ts'

/** For every urgency a small ladder of one's own; without one, its channels at once. */
export function ContactRules({ contacts }: { contacts: readonly ContactMethodBody[] }) {
  const rules = useRules()
  return (
    <Panel title="How you are paged" sub={rules.data && `on the clock of ${rules.data.timezone}`}>
      <Load query={rules}>
        {(body) => <Form key={JSON.stringify([body.rules, body.quiet_hours])} body={body} contacts={contacts.filter((c) => c.verified)} />}
      </Load>
    </Panel>
  )
}

function Form({ body, contacts }: { body: RulesBody; contacts: readonly ContactMethodBody[] }) {
  const saved = wishesOf(body)
  const [wishes, setWishes] = useState(saved)
  const save = useWrite({
    send: (w: Wishes) => api.put<RulesBody>('/api/oncall/notification-rules', wishesInput(w)),
    done: () => toast('Saved: the next page follows it'),
    refresh: [['notification-rules']],
  })
  const found = wishFindings(wishes)
  const changed = JSON.stringify(wishes) !== JSON.stringify(saved)
  const submit = (e: FormEvent) => {
    e.preventDefault()
    if (changed && !save.isPending && !Object.keys(found).length) save.mutate(wishes)
  }
  const set = (rules: Wishes['rules']) => setWishes({ ...wishes, rules })
  const first = contacts[0]?.id ?? ''
  return (
    <form onSubmit={submit}>
      <ul>
        {body.effective.map((u) => {
          const own = wishes.rules.map((r, i) => ({ ...r, i })).filter((r) => r.urgency === u.urgency_id)
          return (
            <li
              key={u.urgency_id}
              className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-3 border-b border-line-soft px-3.5 py-3 phone:grid-cols-[minmax(0,1fr)] phone:gap-y-2"
            >
              <div>
                <b className="font-mono text-12 font-semibold">{u.urgency}</b>
                <small className="block text-12 text-text-3">{u.critical ? 'rings at night' : 'heeds quiet hours'}</small>
              </div>
              <div className="grid gap-1.5">
                {!own.length && (
                  <p className="text-text-2">
                    {u.pages.map((p) => `${channelLooks[p.channel].name} ${afterWords(p.after_minutes)}`).join(', ') ||
                      'Nothing: add a contact'}{' '}
                    <span className="text-12 text-text-3">by default</span>
                  </p>
                )}
                {own.map((r) => (
                  <div key={r.i} className="flex flex-wrap items-center gap-1.5">
                    <Select
                      aria-label={`${u.urgency}: contact`}
                      className="w-[220px]! phone:w-full!"
                      value={r.contact}
                      onChange={(e) => set(wishes.rules.map((x, i) => (i === r.i ? { ...x, contact: e.target.value } : x)))}
                    >
                      {contacts.map((c) => (
                        <option key={c.id} value={c.id}>
                          {channelLooks[c.channel].name} {c.contact}
                        </option>
                      ))}
                      {!contacts.some((c) => c.id === r.contact) && <option value={r.contact}>A deleted contact</option>}
                    </Select>
                    <span className="flex items-center gap-1.5 text-12 text-text-2">
                      after
                      <TextInput
                        inputMode="numeric"
                        aria-label={`${u.urgency}: minutes to wait`}
                        className="w-16! text-right"
                        value={r.minutes}
                        {...(found[r.i] ? { 'aria-invalid': true } : {})}
                        onChange={(e) => set(wishes.rules.map((x, i) => (i === r.i ? { ...x, minutes: e.target.value } : x)))}
                      />
                      min
                    </span>
                    <Button
                      kind="ghost"
                      icon={X}
                      aria-label={`${u.urgency}: remove this`}
                      onClick={() => set(wishes.rules.filter((_, i) => i !== r.i))}
                    />
                    {found[r.i] && <FieldError>{found[r.i]}</FieldError>}
                  </div>
                ))}
                <div>
                  <Button
                    kind="ghost"
                    icon={Plus}
                    className="px-1.5!"
                    disabled={!contacts.length}
                    onClick={() => set([...wishes.rules, { urgency: u.urgency_id, contact: first, minutes: own.length ? '5' : '0' }])}
                  >
                    {own.length ? 'Then' : 'My own way'}
                  </Button>
                </div>
              </div>
            </li>
          )
        })}
      </ul>
      <div className="grid gap-3 px-3.5 py-3">
        <Pick
          label="Quiet hours"
          help={`Pages that are not critical come by e-mail alone. ${and(body.effective.filter((u) => u.critical).map((u) => u.urgency)) || 'What is critical'} rings all the same.`}
          checked={wishes.quiet !== null}
          onChange={(e) => setWishes({ ...wishes, quiet: e.target.checked ? { days: [...DAYS], from: '22:00', to: '07:00' } : null })}
        />
        {wishes.quiet && (
          <>
            <Options
              legend="Nights that begin on"
              type="checkbox"
              options={DAYS.map((d) => ({ value: d, label: d[0]!.toUpperCase() + d.slice(1) }))}
              chosen={wishes.quiet.days}
              error={found.quiet}
              onChange={(days) => setWishes({ ...wishes, quiet: { ...wishes.quiet!, days: days as Day[] } })}
            />
            <Two>
              {(['from', 'to'] as const).map((end) => (
                <Field key={end} label={end === 'from' ? 'From' : 'Until'}>
                  {(aria) => (
                    <TextInput
                      {...aria}
                      type="time"
                      value={wishes.quiet![end]}
                      onChange={(e) => setWishes({ ...wishes, quiet: { ...wishes.quiet!, [end]: e.target.value || '00:00' } })}
                    />
                  )}
                </Field>
              ))}
            </Two>
          </>
        )}
        {save.error != null && <FieldError>{sentence(save.error)}</FieldError>}
      </div>
      <div className="flex items-center justify-end gap-2 border-t border-line-soft px-3.5 py-2.5">
        <Button disabled={!changed} onClick={() => setWishes(saved)}>
          Cancel
        </Button>
        <Button kind="primary" type="submit" busy={save.isPending} disabled={!changed || Object.keys(found).length > 0}>
          Save
        </Button>
      </div>
    </form>
  )
}
