import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { PolicyBody, PolicyPreview } from '../../../../shared/oncall/schema.ts'
import { api, sentence } from '../../api.ts'
import { Panel } from '../../ui/panel.tsx'
import { useRested } from '../../use-rested.ts'
import { plural } from '../../words.ts'
import { findings, inputOf, type Ladder } from './ladder.ts'

/** The last 30 days' incidents, asked again by the ladder as it is and as it is being edited. Nothing is saved. */
export function WouldHave({ policy, ladder }: { policy: PolicyBody; ladder: Ladder }) {
  const sound = Object.keys(findings(ladder)).length === 0
  const body = useRested(sound ? JSON.stringify(inputOf(ladder)) : null, 500)
  const preview = useQuery({
    queryKey: ['policy', policy.id, 'preview', body],
    queryFn: () => api.post<PolicyPreview>(`/api/oncall/policies/${policy.id}/preview`, JSON.parse(body!)),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  })
  const p = preview.data
  return (
    <Panel title="Last 30 d this would have paged">
      <div className="px-3.5 py-2.5" aria-live="polite">
        {preview.error ? (
          <p className="text-12 text-text-3">{sentence(preview.error)}</p>
        ) : !p ? (
          <p className="text-12 text-text-3">{sound ? 'Asking' : 'Correct the steps first.'}</p>
        ) : p.incidents === 0 ? (
          <p className="text-12 text-text-3">No incident paged by this policy in 30 d.</p>
        ) : (
          <>
            <ul>
              {p.people.map((x) => (
                <li key={x.user_id} className="flex items-baseline gap-2 py-0.5">
                  <span className="min-w-0 flex-1 truncate">{x.name}</span>
                  <b className="font-550">{x.times_after}×</b>
                  <span className="min-w-28 text-right text-12 text-text-3">
                    {x.times_before === x.times_after ? 'as now' : `now ${x.times_before}×`}
                    {x.night_after > 0 && `, ${x.night_after} at night`}
                  </span>
                </li>
              ))}
            </ul>
            <p className="pt-1 text-12 text-text-3">{plural(p.incidents, 'incident')}, each until it was answered.</p>
          </>
        )}
      </div>
    </Panel>
  ) // biome-ignore format: a panel
}
