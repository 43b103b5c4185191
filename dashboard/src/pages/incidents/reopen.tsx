import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import type { IncidentDetail } from '../../wire.ts'
import { and, duration } from '../../words.ts'
import { usePolicies } from '../settings/queries.ts'
import { useTargetName } from '../settings/target-name.ts'
import { label, type useIncidentActions } from './actions.ts'

/** Reopening pages again, so it asks. */
export function Reopen({
  incident,
  actions,
  onClose,
}: {
  incident: IncidentDetail
  actions: ReturnType<typeof useIncidentActions>
  onClose: () => void
}) {
  const policy = usePolicies().data?.find((p) => p.id === incident.policy_id)
  const name = useTargetName()
  const first = policy?.steps[0]
  const whom = incident.notify && first ? and(first.targets.map(name)) : ''
  const reopen = () => {
    actions.reopen.mutate(incident)
    onClose()
  }
  return (
    <Dialog
      title={`Reopen ${label(incident)}?`}
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" onClick={reopen}>
            Reopen
          </Button>
        </>
      }
    >
      <p className="text-text-2">
        {whom
          ? `The policy ${incident.policy_name} begins again: ${whom} is paged ${first?.wait_before ? `after ${duration(first.wait_before * 1000)}` : 'at once'}.`
          : 'Nobody is paged.'}{' '}
        The timeline goes on.
      </p>
    </Dialog>
  )
}
