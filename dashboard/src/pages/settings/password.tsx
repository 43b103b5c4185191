import { type FormEvent, useState } from 'react'
import { api, fieldError, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, FieldError, TextInput, Two } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWrite } from '../../write.ts'

const MIN = 12

export function Password({ email }: { email: string }) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [tried, setTried] = useState(false)
  const change = useWrite({
    send: () => api.post('/api/auth/password', { current_password: current, new_password: next }),
    done: () => {
      setCurrent('')
      setNext('')
      setTried(false)
      toast('Password changed; other places were signed out')
    },
    refresh: [['places']],
  })
  const onSubmit = (e: FormEvent) => {
    e.preventDefault()
    setTried(true)
    if (current && next.length >= MIN && !change.isPending) change.mutate(undefined)
  }
  const nextError = tried && next.length < MIN ? `${MIN} characters or more; a sentence is fine` : fieldError(change.error, 'new_password')
  const currentError = tried && !current ? 'The password you sign in with today' : fieldError(change.error, 'current_password')
  return (
    <Panel title="Password">
      <form onSubmit={onSubmit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-3.5 px-3.5 py-3">
        <input type="hidden" autoComplete="username" value={email} />
        <Two>
          <Field label="Now" error={currentError}>
            {(aria) => (
              <TextInput
                {...aria}
                type="password"
                autoComplete="current-password"
                value={current}
                onChange={(e) => setCurrent(e.target.value)}
              />
            )}
          </Field>
          <Field label={`New, ${MIN} characters or more`} error={nextError}>
            {(aria) => (
              <TextInput
                {...aria}
                type="password"
                autoComplete="new-password"
                maxLength={128}
                value={next}
                onChange={(e) => setNext(e.target.value)}
              />
            )}
          </Field>
        </Two>
        {change.error != null && !nextError && !currentError && <FieldError>{sentence(change.error)}</FieldError>}
        <Button type="submit" className="justify-self-end" busy={change.isPending}>
          Change password
        </Button>
      </form>
    </Panel>
  )
}
