import type { Channel } from './index.ts'
import type { Page } from './page.ts'
import { broken, locally } from './receipts.ts'
import { cut, others } from './short.ts'

/** Heard twice at most; longer titles are cut. */
const SPOKEN_MAX = 200

/** A page as a phone call: it is read out, and 1 acknowledges, 2 escalates, 3 repeats. A call cannot be asked for: a second one may come. */
export const voice: Channel = async (page, out) => {
  const spoken = spokenText(page)
  if (!out.twilio) return locally(page, { subject: spoken, text: `${spoken}\n\n${KEYS}` }, out, 'Twilio')
  try {
    const { call } = await import('./twilio.ts')
    return await call(out, { to: page.contact, spoken, keys: page.notice ? null : KEYS, report: page.report })
  } catch (e) {
    return broken(e, out.now(), 'Twilio')
  }
}

export const KEYS = 'Press 1 to acknowledge. Press 2 to escalate. Press 3 to hear this again.'

/** What is read out: no markup, no addresses. */
export function spokenText(page: Page): string {
  const { incident, team, notice } = page
  if (notice) return cut(`Tocsin, for ${team.name}. ${notice}`, SPOKEN_MAX * 2)
  return spokenOf({ ...incident, team: team.name }, others(page))
}

type Spoken = { title: string; number: number; severity: string; team: string }

export function spokenOf({ title, number, severity, team }: Spoken, more: string | null = null): string {
  const how = severity.replace(/^SEV/, 'severity ')
  return cut(`Tocsin, for ${team}. Incident ${number}, ${how}: ${cut(title, SPOKEN_MAX)}${more ? `, ${more}` : ''}.`, SPOKEN_MAX * 2)
}
