import type { Severity } from './escalation.ts'

/** Ways to a person that an urgency may name, in the order they are listed. A webhook is no person. */
export const personChannels = ['push', 'sms', 'voice', 'telegram', 'email'] as const
export type PersonChannel = (typeof personChannels)[number]

/** How loud a page is: which channels ring, and whether quiet hours hold for it. `key` is the severity of the four that every team has. */
export type Urgency = { id: string; key: Severity | null; name: string; channels: readonly PersonChannel[]; critical: boolean }

/** What a team begins with. Ids are minted by whoever stores them; a team whose rows are not read yet uses these. */
export const seeded: readonly (Omit<Urgency, 'id'> & { key: Severity })[] = [
  { key: 'sev1', name: 'SEV1', channels: ['push', 'sms', 'voice', 'telegram', 'email'], critical: true },
  { key: 'sev2', name: 'SEV2', channels: ['push', 'sms', 'voice', 'telegram', 'email'], critical: true },
  { key: 'sev3', name: 'SEV3', channels: ['push', 'telegram', 'email'], critical: false },
  { key: 'sev4', name: 'SEV4', channels: ['email'], critical: false },
]

/**
 * The urgency that a step asks for: `high` is the incident's severity's own, `low` SEV4's, else a severity or an id. One that was
 * deleted is read as `high`: a page is rather too loud than lost.
 */
export function urgencyOf(asked: string, severity: Severity, known: readonly Urgency[]): Urgency {
  const key = asked === 'low' ? 'sev4' : asked === 'high' ? severity : asked
  const seed = (of: string) => seeded.filter((u) => u.key === of).map((u) => ({ ...u, id: u.key }))[0]
  return known.find((u) => u.id === key || u.key === key) ?? seed(key) ?? known.find((u) => u.key === severity) ?? seed(severity)!
}
