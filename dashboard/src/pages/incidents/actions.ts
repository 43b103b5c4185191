import { api } from '../../api.ts'
import { useMe } from '../../session.ts'
import { useGo } from '../../ui/link.tsx'
import { toast } from '../../ui/toast.tsx'
import type { Incident, IncidentDetail } from '../../wire.ts'
import { useWrite } from '../../write.ts'

const refresh = [['incidents'], ['incident']]
export const label = (i: Pick<Incident, 'team_number'>): string => `INC-${i.team_number}`

/**
 * The verbs of an incident. The answer shows at once everywhere; a refusal puts it back and stays readable in `error`. Undoing a
 * resolve is reopening, which pages again: so it leads to the question.
 */
export function useIncidentActions() {
  const { user } = useMe()
  const go = useGo()
  const actor = { type: 'user' as const, id: user.id, name: user.name }
  const verb = (verb: 'acknowledge' | 'resolve' | 'reopen', at: (now: string) => Partial<Incident>, done: (i: Incident) => void) => ({
    send: (i: Incident) => api.post<IncidentDetail>(`/api/incidents/${i.id}/${verb}`),
    atOnce: (i: Incident, put: <T>(key: readonly unknown[], change: (old: T) => T) => void) => {
      const change = at(new Date().toISOString())
      put<Incident[] | unknown>(['incidents', 'open'], (list) =>
        Array.isArray(list) ? list.map((o) => (o.id === i.id ? { ...o, ...change } : o)) : list,
      )
      put<IncidentDetail | unknown>(['incident', i.id], (one) => (isIncident(one, i.id) ? { ...one, ...change } : one))
    },
    done: (_: IncidentDetail, i: Incident) => done(i),
    refresh,
  })

  const acknowledge = useWrite({
    ...verb(
      'acknowledge',
      (now) => ({ status: 'ACKNOWLEDGED', acknowledged_at: now, acknowledged_by: actor, responder_id: user.id }),
      (i) => toast(`${label(i)} acknowledged: nobody else is paged`),
    ),
    persistent: true,
  })
  const reopen = useWrite(
    verb(
      'reopen',
      () => ({ status: 'OPEN', acknowledged_at: null, acknowledged_by: null, resolved_at: null, resolved_by: null }),
      (i) => toast(`${label(i)} reopened`),
    ),
  )
  const resolve = useWrite(
    verb(
      'resolve',
      (now) => ({ status: 'RESOLVED', resolved_at: now, resolved_by: actor }),
      (i) => toast(`${label(i)} resolved`, { undo: () => go(`/incidents/${i.id}?open=reopen`) }),
    ),
  )
  return {
    acknowledge,
    resolve,
    reopen,
    /** Of the last verb that was refused. */
    error: acknowledge.error ?? resolve.error ?? reopen.error,
  }
}

/** Some keys of an incident hold its timeline or its pages; only the object itself has its id. */
const isIncident = (x: unknown, id: string): x is IncidentDetail => typeof x === 'object' && x !== null && 'id' in x && x.id === id
