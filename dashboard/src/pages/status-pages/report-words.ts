import type { Report, Said } from './queries.ts'

/** What a report can say, in its order. The words of the API, as people read them. */
export const steps = {
  incident: [
    ['investigating', 'Investigating'],
    ['identified', 'Identified'],
    ['monitoring', 'Monitoring'],
    ['resolved', 'Resolved'],
  ],
  maintenance: [
    ['scheduled', 'Scheduled'],
    ['in_progress', 'In progress'],
    ['verifying', 'Verifying'],
    ['completed', 'Completed'],
  ],
} as const satisfies Record<Report['type'], readonly (readonly [Report['status'], string])[]>

export const statusWord = (status: Report['status']): string =>
  [...steps.incident, ...steps.maintenance].find(([s]) => s === status)?.[1] ?? status
/** True when nothing more is said after it. */
export const ends = (status: Report['status']): boolean => status === 'resolved' || status === 'completed'

/** What may be said of a component, the worst first; what a report of this kind says until somebody says otherwise. */
export const said: readonly (readonly [Said, string])[] = [
  ['downtime', 'Down'],
  ['degraded', 'Degraded'],
  ['maintenance', 'Maintenance'],
  ['operational', 'Up'],
]
export const saidFirst = (type: Report['type'], measured: string): Said =>
  type === 'maintenance' ? 'maintenance' : measured === 'downtime' ? 'downtime' : 'degraded'

/** The next thing to say: the step after the last one; the last one stays. */
export function nextStep(type: Report['type'], status: Report['status']): Report['status'] {
  const all: readonly (readonly [Report['status'], string])[] = steps[type]
  const at = all.findIndex(([s]) => s === status)
  return all[Math.min(at + 1, all.length - 1)]![0]
}

/** "Checkout is degraded and Refunds is down": what the page will say of the components named. */
export function affectedWords(affected: readonly { name: string; status: Said }[]): string {
  const words = { downtime: 'is down', degraded: 'is degraded', maintenance: 'is in maintenance', operational: 'is up' } satisfies Record<
    Said,
    string
  >
  const parts = affected.map((a) => `${a.name} ${words[a.status]}`)
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
