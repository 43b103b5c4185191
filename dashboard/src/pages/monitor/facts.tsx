import { useQuery } from '@tanstack/react-query'
import { policiesQuery } from '../../queries.ts'
import { TextLink } from '../../ui/link.tsx'
import { FactsRow } from '../../ui/panel.tsx'
import { Ago } from '../../ui/time.tsx'
import type { Monitor } from '../../wire.ts'
import { whatIsChecked } from '../monitors/columns.tsx'
import { every } from '../monitors/every.ts'

/** How it is watched, in a row. */
export function Facts({ monitor: m }: { monitor: Monitor }) {
  const policies = useQuery(policiesQuery).data ?? []
  const policy = policies.find((p) => (m.policy_id ? p.id === m.policy_id : p.is_default))
  const n = m.regions.length
  return (
    <FactsRow
      facts={[
        { name: 'Request', value: <span title={m.url}>{whatIsChecked(m)}</span>, mono: true },
        { name: 'Every', value: `${every(m.check_frequency)}, ${n === 1 ? `from ${m.regions[0]}` : `${n} regions in turn`}` },
        { name: 'Verdict', value: n === 1 ? 'one region decides' : `${m.quorum} of ${n} to confirm` },
        { name: 'Last check', value: m.last_checked_at ? <Ago at={m.last_checked_at} /> : 'none yet' },
        { name: 'Pages', value: <TextLink href="/settings/policies">{policy?.name ?? 'Team default'}</TextLink> },
      ]}
    />
  )
}
