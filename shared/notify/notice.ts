import type { Page } from './page.ts'

type Notice = { id: string; team: Page['team']; to: { channel: Page['channel']; contact: string; secret: string | null }; person: Page['person']; notice: string; url: string; at: number } // biome-ignore format: a row

/** A sentence to one contact by the way a page would take: codes and tests, about no incident. */
export const noticePage = ({ id, team, to, person, notice, url, at }: Notice): Page => ({
  id,
  team,
  incident: { id: '', number: 0, title: '', severity: 'SEV4', startedAt: at, openedAt: at },
  channel: to.channel,
  contact: to.contact,
  secret: to.secret,
  critical: false,
  notice,
  more: [],
  person,
  policy: '',
  step: 0,
  facts: { target: null, monitor: null, what: notice, regions: null, verdict: null, also: [], next: [] },
  links: { acknowledge: null, incident: url, monitor: null },
  report: 'none',
  attempt: 1,
  possiblyTwice: false,
  firstAt: at,
})

/** Six digits, each as likely as another. */
export function newCodeDigits(): string {
  // 4,294,000,000 is the last multiple of a million below 2^32
  for (;;) {
    const [n] = crypto.getRandomValues(new Uint32Array(1))
    if (n! < 4_294_000_000) return String(n! % 1_000_000).padStart(6, '0')
  }
}

const hexOf = (id: string) => id.replaceAll('-', '')
const packed = (hex: string) =>
  btoa(String.fromCharCode(...hex.match(/../g)!.map((h) => Number.parseInt(h, 16))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

/** What `/start` hands to the bot: at most 64 of `[A-Za-z0-9_-]`. It names the contact and holds a secret of 90 bits. */
export function startToken(team: string, contact: string): { token: string; secret: string } {
  const random = crypto.getRandomValues(new Uint8Array(15))
  const secret = packed(Array.from(random, (b) => b.toString(16).padStart(2, '0')).join(''))
  return { token: packed(hexOf(team)) + packed(hexOf(contact)) + secret, secret }
}

/** Null when it is none of ours. */
export function readStart(token: string): { team: string; contact: string; secret: string } | null {
  const match = /^([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{20})$/.exec(token)
  return match ? { team: idOf(match[1]!), contact: idOf(match[2]!), secret: match[3]! } : null
}

function idOf(text: string): string {
  const hex = Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join(
    '',
  )
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
