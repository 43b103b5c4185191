import type { Target } from '../../../../shared/oncall/schema.ts'
import { useSchedules } from './contact-queries.ts'
import { useMembers, useWebhooks } from './queries.ts'

/** Names of what a step pages; somebody who left is said to have left. */
export function useTargetName(): (target: Target) => string {
  const members = useMembers()
  const webhooks = useWebhooks()
  const schedules = useSchedules()
  return ({ type, id }) => {
    if (type === 'team') return 'Whole team'
    if (type === 'user') return members.data?.find((m) => m.user_id === id)?.name ?? (members.data ? 'Somebody who left' : '…')
    if (type === 'webhook') return webhooks.data?.find((w) => w.id === id)?.name ?? (webhooks.data ? 'A deleted webhook' : '…')
    return schedules.data?.find((s) => s.id === id)?.name ?? (schedules.data ? 'A deleted schedule' : '…')
  }
}
