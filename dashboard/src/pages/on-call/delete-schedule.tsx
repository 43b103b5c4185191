import { api, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWrite } from '../../write.ts'
import type { Schedule } from './queries.ts'

/** Asked before it is done: overrides, covers and history of the schedule go with it. */
export function DeleteSchedule({ schedule, onClose, onDone }: { schedule: Schedule; onClose: () => void; onDone: () => void }) {
  const remove = useWrite({
    send: () => api.delete(`/api/oncall/schedules/${schedule.id}`),
    done: () => {
      toast(`${schedule.name} is deleted`)
      onDone()
    },
    refresh: [['schedules'], ['oncall']],
  })
  return (
    <Dialog
      title={`Delete the schedule ${schedule.name}?`}
      onClose={onClose}
      consequence={remove.error != null && <span role="alert" className="text-down">{sentence(remove.error)}</span>}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>Delete schedule</Button>
        </>
      }
    >
      <p className="text-text-2">Its layers, overrides and covers go with it, and its hours leave the reports. A schedule that a policy still pages is not deleted; take it out of the policy first.</p>
    </Dialog>
  ) // biome-ignore format: a question
}
