import type { Escalated, Reach, Unreached } from '../oncall/escalation.ts'
import { HOUR } from '../time.ts'
import type { Incident } from './incident.ts'
import { type PageChange, queue } from './page-state.ts'

/** How often admins are told of the same hole. */
const AGAIN_MS = HOUR

/**
 * Mail to the admins for each step that names somebody who cannot be reached: whoever can mend the policy hears of it when it
 * happens, and then once an hour. `marks` remember when.
 */
export function notices(
  i: Incident,
  e: Pick<Escalated, 'passed' | 'calls'>,
  reach: Reach,
  at: number,
  id: () => string,
): { pages: PageChange[]; marks: Record<string, number> } {
  const holes = [...e.passed, ...e.calls.filter((c) => !c.lastResort)].filter((s) => s.unreached.length)
  const marks: Record<string, number> = {}
  const pages: PageChange[] = []
  for (const { step, unreached } of holes) {
    const key = `notice:${i.policy.id ?? ''}:${step}`
    const last = marks[key] ?? reach.mark(key)
    if (last && at - last < AGAIN_MS) continue
    marks[key] = at
    const notice = `Step ${step} of the policy ${i.policy.name} named ${unreached.map((u) => said(u, reach)).join('; ')}. The page went on without waiting.`
    for (const admin of reach.people.filter((p) => p.admin)) {
      const mail = admin.contacts.find((c) => c.channel === 'email')
      if (!mail) continue
      const page = { id: id(), incident: i.id, life: i.life, rung: null, step, channel: mail.channel, contact: mail.contact }
      pages.push(queue({ ...page, kind: 'notice', notice, person: admin.id, endpoint: null, critical: false, wantedAt: at }, at))
    }
  }
  return { pages, marks }
}

/** "the schedule Nights, on which nobody is on call". */
function said({ type, id, why }: Unreached, { people, schedules }: Reach): string {
  const schedule = schedules.find((s) => s.id === id)
  const person = people.find((p) => p.id === id)
  switch (why) {
    case 'nobody-on-call':
      return `the schedule ${schedule?.name ?? 'that was deleted'}, on which nobody is on call`
    case 'gone':
      return type === 'schedule' ? 'a schedule that does not exist any more' : 'a webhook that is switched off or deleted'
    case 'left':
      return schedule ? `the schedule ${schedule.name}, on which somebody is on call who left the team` : 'somebody who left the team'
    case 'no-contact':
      return person ? `${person.name}, who has no verified contact` : 'people of whom nobody has a verified contact'
    default:
      return why satisfies never
  }
}
