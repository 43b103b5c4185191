import { iso } from '../time.ts'
import { type Row, renderMail } from './email-layout.ts'
import type { Channel } from './index.ts'
import { type Mail, pageFacts } from './mail.ts'
import type { Page } from './page.ts'
import { clock, clockInZone, dayAndClock } from './zone.ts'

/** A page as e-mail: the sentence and the button first, then what, since when, from where, the verdict, who else. */
export const email: Channel = (page, out) =>
  out.mail(page.notice === null ? pageMail(page, out.from, out.now()) : noticeMail(page, page.notice, out.from, out.now()))

/** What is told instead of a page: one paragraph, whose first sentence is the subject. */
export function noticeMail(page: Page, notice: string, from: string, at: number): Mail {
  const subject = oneLine(notice.split(/(?<=[.!?])\s/)[0] ?? notice)
  const button = { name: 'Open Tocsin', url: page.links.incident }
  const { text, html } = renderMail({
    subject,
    preview: notice,
    team: page.team.name,
    pill: null,
    beside: '',
    title: subject,
    lead: notice,
    leadText: notice,
    button,
    rows: [],
    more: [],
    foot: `opens the page this is about. You get this as somebody of ${page.team.name}.`,
  })
  return { id: page.id, at: iso(at), from, to: page.contact, subject, text, html, links: [button], incident_id: page.incident.id }
}

export function pageMail(page: Page, from: string, at: number): Mail {
  const zone = page.person?.zone ?? 'UTC'
  const { incident, facts, links, team } = page
  const [first] = facts.next
  // nobody to leave it to: whoever reads this has to know
  const or = first
    ? `or ${list(first.who)} ${first.who.length > 1 ? 'are' : 'is'} paged at ${clock(first.at, zone)}.`
    : 'nobody else is paged after you.'
  const rows: Row[] = [
    ...(facts.what === incident.title
      ? []
      : [{ name: 'What', mono: facts.target, text: facts.target ? answersOr(facts.what) : facts.what }]),
    { name: 'Since', text: dayAndClock(incident.startedAt, zone) },
    ...(facts.regions ? [{ name: 'From', text: facts.regions }] : []),
    ...(facts.verdict ? [{ name: 'Verdict', text: facts.verdict }] : []),
    { name: 'Who else', text: whoElse(page, zone) },
  ]
  const acknowledge = links.acknowledge === null ? null : { name: 'Acknowledge', url: links.acknowledge }
  const more = [
    { name: 'Open the incident', url: links.incident },
    ...(links.monitor ? [{ name: 'See every check', url: links.monitor }] : []),
  ]
  const { text, html } = renderMail({
    subject: `${incident.severity} ${incident.title}`,
    preview: `Since ${clockInZone(incident.startedAt, zone)}. Acknowledge${first ? `, ${or}` : `: ${or}`}`,
    team: team.name,
    pill: 'Not acknowledged',
    beside: `${incident.severity} · INC-${incident.number}`,
    title: incident.title,
    lead: acknowledge ? `Acknowledge${first ? `, ${or}` : `: ${or}`}` : '',
    leadText: first ? or : 'Nobody else is paged after you.',
    button: acknowledge,
    rows,
    more,
    foot: `${acknowledge ? 'needs no sign-in, works until the incident resolves, and asks once more before it does anything. ' : ''}You get this as step ${page.step} of policy ${page.policy}, ${team.name}.`,
  })
  return {
    id: page.id,
    at: iso(at),
    from,
    to: page.contact,
    subject: oneLine(`${incident.severity} ${incident.title}`),
    text,
    html,
    links: [...(acknowledge ? [acknowledge] : []), ...more],
    incident_id: incident.id,
    page: pageFacts(page),
  }
}

const answersOr = (what: string): string => (/^\d{3}\b/.test(what) ? `answers ${what}` : what)

function whoElse({ facts, person }: Page, zone: string): string {
  const before = facts.also.length ? facts.also.join(', ') : person ? 'only you so far' : 'nobody else so far'
  return [before, ...(facts.next.length ? [facts.next.map(({ who, at }) => `${list(who)} at ${clock(at, zone)}`).join(', ')] : [])].join(
    '; ',
  )
}

const list = (names: string[]): string =>
  names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(' and ')

/** A header is one line, whatever a title holds. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 300)
