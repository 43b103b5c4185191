import { type Layout, renderMail } from '../notify/email-layout.ts'
import type { Mail } from '../notify/mail.ts'
import { dayAndClock } from '../notify/zone.ts'
import { iso } from '../time.ts'
import { type Role, roleWords } from './permissions.ts'

/** "Mon 23 Nov 15:32 Europe/Paris (UTC+1)": nobody needs the seconds of an hour or a week. */
const when = (at: number, zone: string): string => dayAndClock(at, zone).replace(/(\d\d:\d\d):\d\d/, '$1')

type Sent = { id: string; from: string; at: number }
/** Where something was asked from, to recognise it by: "203.0.113.24, Firefox on Linux". */
export type AskedFrom = { ip: string | null; browser: string }

/** The link that sets a new password. DESIGN email-reset. */
export function resetMail(sent: Sent, to: { email: string; zone: string }, asked: AskedFrom, link: { url: string; until: number }): Mail {
  const until = when(link.until, to.zone)
  const asked_for = `${when(sent.at, to.zone)} from ${[asked.ip, asked.browser].filter(Boolean).join(', ')}`
  return mail(sent, to.email, {
    subject: 'Choose a new password',
    preview: `The link works once, until ${until}.`,
    team: 'Tocsin',
    lead: `For ${to.email}. The link works once, until ${until}.`,
    button: { name: 'Choose a password', url: link.url },
    rows: [{ name: 'Asked for', text: asked_for }],
    foot: `works once, until ${until}. Not you? Nothing happens unless it is used. Tell an admin of your team.`,
  })
}

export type Inviting = {
  email: string
  role: Role
  team: { name: string; people: number }
  by: { name: string; email: string; zone: string } | null
  until: number
}

/** An invitation into a team. DESIGN email-invite. Times in the zone of whoever invites: the invited person's is not known yet. */
export function inviteMail(sent: Sent, { email, role, team, by, until }: Inviting, url: string): Mail {
  const [name, , toYou] = roleWords[role]
  const who = by?.name ?? 'An admin'
  const title = `${who} invites you to ${team.name}`
  return mail(sent, email, {
    subject: title,
    preview: `As ${name.toLowerCase()}: ${toYou}.`,
    team: team.name,
    lead: `${team.name} watches what it runs with Tocsin. As ${name.toLowerCase()}, ${toYou}.`,
    button: { name: `Join ${team.name}`, url },
    rows: [
      { name: 'Role', text: `${name}: ${toYou}` },
      { name: 'Team', text: `${team.name}, ${team.people === 1 ? '1 person' : `${team.people} people`}` },
      { name: 'Until', text: when(until, by?.zone ?? 'UTC') },
    ],
    foot: `is for ${email} alone${by ? `, sent by ${by.email}` : ''}. Do not know them? Leave it; nothing happens.`,
  })
}

/** To the address an account had before: the one place where its owner learns of a change somebody else made. */
export function addressChangedMail(sent: Sent, to: { email: string; zone: string }, now: string): Mail {
  return mail(sent, to.email, {
    subject: 'Your sign-in address was changed',
    preview: `It is ${now} now.`,
    team: 'Tocsin',
    lead: `You sign in with ${now} from now on, and pages go there.`,
    button: null,
    rows: [{ name: 'Changed', text: when(sent.at, to.zone) }],
    foot: 'Not you? Tell an admin of your team at once.',
  })
}

type Texts = Pick<Layout, 'subject' | 'preview' | 'team' | 'lead' | 'button' | 'rows' | 'foot'>

function mail({ id, from, at }: Sent, to: string, texts: Texts): Mail {
  const subject = texts.subject.replace(/\s+/g, ' ').slice(0, 300)
  const { text, html } = renderMail({ ...texts, subject, title: subject, pill: null, beside: '', leadText: '', more: [] })
  return { id, at: iso(at), from, to, subject, text, html, links: texts.button ? [texts.button] : [], incident_id: null }
}
