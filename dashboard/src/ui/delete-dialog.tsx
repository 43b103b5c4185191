import type { QueryKey } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api, sentence } from '../api.ts'
import { useWrite } from '../write.ts'
import { Button } from './button.tsx'
import { Dialog } from './sheet.tsx'
import { toast } from './toast.tsx'

type Deletion = {
  /** What is deleted, as the question and the button name it: `dashboard`, and its own name. */
  what: string
  name: string
  path: string
  /** First words of the query keys that are old then. */
  refresh: readonly QueryKey[]
  onClose: () => void
  onDone?: () => void
  /** What goes with it. */
  children: ReactNode
}

/** Asked before something is deleted that does not come back; a refusal stands where it was asked. */
export function DeleteDialog({ what, name, path, refresh, onClose, onDone = onClose, children }: Deletion) {
  const remove = useWrite({
    send: () => api.delete(path),
    done: () => {
      toast(`${name} is deleted`)
      onDone()
    },
    refresh,
  })
  return (
    <Dialog
      title={`Delete the ${what} ${name}?`}
      onClose={onClose}
      consequence={remove.error != null && <span role="alert" className="text-down">{sentence(remove.error)}</span>}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>Delete {what}</Button>
        </>
      }
    >
      <p className="text-text-2">{children}</p>
    </Dialog>
  ) // biome-ignore format: a question
}
