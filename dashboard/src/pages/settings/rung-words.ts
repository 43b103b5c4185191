import type { Condition } from '../../../../shared/oncall/schema.ts'
import type { Rung } from './ladder.ts'

export const SEVERITIES = ['sev1', 'sev2', 'sev3', 'sev4'] as const
export type Severity = (typeof SEVERITIES)[number]
/** What "only at some hours" begins with. */
export const anyHours = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'] as ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[],
  from: '09:00',
  to: '18:00',
}

const ALL = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const day = (d: string) => d[0]!.toUpperCase() + d.slice(1)

/** "Mon to Fri", "Sat, Sun", "every day". */
export function daysWords(days: readonly string[]): string {
  const at = ALL.map((d) => days.includes(d))
  if (at.every(Boolean)) return 'every day'
  const [first, last] = [at.indexOf(true), at.lastIndexOf(true)]
  const run = first >= 0 && at.slice(first, last + 1).every(Boolean)
  return run && last - first > 1
    ? `${day(ALL[first]!)} to ${day(ALL[last]!)}`
    : ALL.filter((_, i) => at[i])
        .map(day)
        .join(', ')
}

/** "only SEV1, SEV2, Mon to Fri 09:00 to 18:00"; "not …" for otherwise. */
export function conditionWords({ severities, services, hours, otherwise }: Condition): string {
  const parts = [
    ...(severities ? [severities.map((s) => s.toUpperCase()).join(', ')] : []),
    ...(services ? [services.length === 1 ? 'one service' : `${services.length} services`] : []),
    ...(hours ?? []).map((h) => `${daysWords(h.days)} ${h.from} to ${h.to}`),
  ]
  return `${otherwise ? 'not' : 'only'} ${parts.join(', ')}`
}

/** What of a step is not as usual, in a line; empty when all is. */
export function unusual(rung: Rung, urgency: (id: string) => string): string {
  return [
    rung.urgency === 'high' ? '' : `urgency ${urgency(rung.urgency)}`,
    rung.assign === 'round_robin' ? 'one after another' : '',
    rung.again ? `again ${rung.again === 1 ? 'once' : `${rung.again} times`} every ${rung.every} s` : '',
    rung.when ? conditionWords(rung.when) : '',
  ]
    .filter(Boolean)
    .join('; ')
}
