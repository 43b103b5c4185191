import type { Member, Policy } from '../../wire.ts'
import { and } from '../../words.ts'
import { every } from './every.ts'

/** "Ines Okafor, after 3 m Theo Lindgren, then after 5 m the team." */
export function ladderWords(policy: Pick<Policy, 'steps'>, members: readonly Pick<Member, 'user_id' | 'name'>[]): string {
  const who = (targets: Policy['steps'][number]['targets']) =>
    and(
      targets.map((t) =>
        t.type === 'team'
          ? 'the team'
          : t.type === 'user'
            ? (members.find((m) => m.user_id === t.id)?.name ?? 'somebody who left')
            : `a ${t.type}`,
      ),
    )
  const steps = policy.steps.map((s, i) =>
    s.wait_before ? `${i > 1 ? 'then ' : ''}after ${every(s.wait_before)} ${who(s.targets)}` : who(s.targets),
  )
  const text = steps.join(', ')
  return text && `${text[0]!.toUpperCase()}${text.slice(1)}.`
}
