import { type FormEvent, useRef, useState } from 'react'
import { api, sentence } from '../../api.ts'
import { useMe } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { FieldError, TextInput } from '../../ui/field.tsx'
import { Avatar } from '../../ui/timeline.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import type { TimelineEvent } from '../../wire.ts'
import { useWrite } from '../../write.ts'

/** A note stands in the timeline at once; if it was refused it is back in the field. */
export function AddNote({ incident }: { incident: string }) {
  const { user } = useMe()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const add = useWrite({
    send: (note: string) => api.post(`/api/incidents/${incident}/timeline-event`, { text: note }),
    atOnce: (note, put) => {
      const made: TimelineEvent = {
        id: `~${Date.now()}`,
        at: new Date().toISOString(),
        type: 'note',
        actor: { type: 'user', id: user.id, name: user.name },
        data: { text: note },
      }
      put<TimelineEvent[]>(['incident', incident, 'timeline'], (events) => [...events, made])
      setText('')
    },
    refresh: [['incident', incident, 'timeline']],
  })
  useKeys([{ keys: 'n', label: 'Add a note', group: 'This incident', run: () => input.current?.focus() }])
  const onSubmit = (e: FormEvent) => {
    e.preventDefault()
    const note = text.trim()
    if (!note || add.isPending) return
    add.mutate(note, { onError: () => setText(note) })
  }
  return (
    <form onSubmit={onSubmit} className="border-b border-line-soft px-3.5 py-2.5">
      <div className="flex items-center gap-2.5">
        <Avatar name={user.name} />
        <TextInput
          ref={input}
          aria-label="Add a note"
          placeholder="Add a note"
          maxLength={10_000}
          autoComplete="off"
          className="h-[34px]! phone:h-11!"
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
        <Button type="submit" keys="n" className="phone:h-11!" disabled={!text.trim()}>
          Add
        </Button>
      </div>
      {add.error != null && (
        <div className="mt-1.5 ml-8">
          <FieldError>{sentence(add.error)}</FieldError>
        </div>
      )}
    </form>
  )
}
