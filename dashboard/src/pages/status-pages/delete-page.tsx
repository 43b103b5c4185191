import { api, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWrite } from '../../write.ts'
import { addressOf, type StatusPage } from './queries.ts'

export function DeletePage({ page, onClose, onDone }: { page: StatusPage; onClose: () => void; onDone: () => void }) {
  const remove = useWrite({
    send: () => api.delete(`/api/status-pages/${page.id}`),
    done: () => {
      toast(`Status page ${page.name} deleted`)
      onDone()
    },
    refresh: [['status-pages']],
  })
  return (
    <Dialog
      title={`Delete the status page ${page.name}?`}
      onClose={onClose}
      consequence={remove.error != null && <span role="alert">{sentence(remove.error)}</span>}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
            Delete status page
          </Button>
        </>
      }
    >
      <p className="text-text-2">
        {addressOf(page)} answers 404 from the next second, and its reports are gone. Monitors and incidents stay. To hide it for a while,
        unpublish it instead.
      </p>
    </Dialog>
  )
}
