import { FolderPen, Plus } from 'lucide-react'
import { Fragment, useState } from 'react'
import type { PolicyBody, PolicyGroupBody } from '../../../../shared/oncall/schema.ts'
import { useMe } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { To, useGo } from '../../ui/link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, Load } from '../../ui/state.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { plural } from '../../words.ts'
import { timesWord } from './ladder.ts'
import { PolicyEditor } from './policy-editor.tsx'
import { PolicyGroups } from './policy-groups.tsx'
import { usePolicies, usePolicyGroups } from './queries.ts'

export const policiesView = { open: text() }

/** Escalation policies: the list, and the ladder that is its own editor. `?open=<id>` or `new`. */
export function Policies() {
  const policies = usePolicies()
  const go = useGo()
  const [view, setView] = useUrlState(policiesView)
  const mayWrite = useMe().may('oncall:write')
  const groups = usePolicyGroups()
  const [grouping, setGrouping] = useState(false)
  const make = () => mayWrite && setView({ open: 'new' })
  useKeys([{ keys: 'c', label: 'New policy', group: 'This page', run: make }])

  return (
    <Load query={policies}>
      {(list) => {
        const making = view.open === 'new'
        const chosen = making ? null : (list.find((p) => p.id === view.open) ?? list[0] ?? null)
        return (
          <div className="grid grid-cols-[260px_minmax(0,1fr)_300px] items-start gap-4 below-1280:grid-cols-[220px_minmax(0,1fr)] below-900:grid-cols-[minmax(0,1fr)]">
            <Panel
              title="Policies"
              className="overflow-hidden"
              actions={
                mayWrite && (
                  <>
                    <Button kind="ghost" icon={FolderPen} aria-label="Groups of policies" onClick={() => setGrouping(true)} />
                    <Button kind="ghost" icon={Plus} aria-label="New policy, key C" onClick={make} />
                  </>
                )
              }
            >
              {grouped(list, groups.data ?? []).map(({ name, policies }) => (
                <Fragment key={name ?? ''}>
                  {name !== null && <h3 className="border-b border-line-soft bg-sunken px-3.5 py-1 text-12 text-text-2">{name}</h3>}
                  <ul>
                    {policies.map((p) => (
                      <li key={p.id} className="border-b border-line-soft last:border-b-0">
                        <Row policy={p} current={p.id === chosen?.id} />
                      </li>
                    ))}
                  </ul>
                </Fragment>
              ))}
            </Panel>
            {making || chosen ? (
              <PolicyEditor
                key={making ? 'new' : `${chosen!.id} ${chosen!.updated_at}`}
                policy={making ? null : chosen}
                mayWrite={mayWrite}
                onSaved={(p) => setView({ open: p.id }, { replace: true })}
                onClose={() => go('?')}
              />
            ) : (
              <EmptyState title="No policy yet">
                <p>A policy says who is paged, and who comes next when nobody acknowledges.</p>
              </EmptyState>
            )}
            {grouping && groups.data && <PolicyGroups groups={groups.data} onClose={() => setGrouping(false)} />}
          </div>
        )
      }}
    </Load>
  )
}

/** By their groups, in the groups' order; without groups one nameless list. Empty groups are not drawn. */
function grouped(list: readonly PolicyBody[], groups: readonly PolicyGroupBody[]): { name: string | null; policies: PolicyBody[] }[] {
  const of = (id: string) => list.filter((p) => p.policy_group_id === id)
  const known = groups.map((g) => ({ name: g.name, policies: of(g.id) })).filter((g) => g.policies.length)
  const rest = list.filter((p) => !groups.some((g) => g.id === p.policy_group_id))
  return [...known, ...(rest.length ? [{ name: known.length ? 'In no group' : null, policies: rest }] : [])]
}

const Row = ({ policy, current }: { policy: PolicyBody; current: boolean }) => (
  <To
    href={`?open=${policy.id}`}
    aria-current={current ? 'true' : undefined}
    className="block px-3.5 py-[9px] hover:bg-hover focus-visible:-outline-offset-2 aria-[current]:bg-accent-soft aria-[current]:shadow-[inset_2px_0_0_var(--accent-solid)]"
  >
    <span className="font-550 [overflow-wrap:anywhere]">{policy.name}</span>
    <span className="block text-12 text-text-3">
      {plural(policy.steps.length, 'step')}, {timesWord(policy.repeat_count)}
    </span>
    {policy.is_default && <span className="block text-12 text-text-3">default: for whatever names no other</span>}
  </To>
)
