import { type Row, renderMail } from '../notify/email-layout.ts'
import type { Mail } from '../notify/mail.ts'
import { dayAndClock } from '../notify/zone.ts'
import { duration, iso } from '../time.ts'

/** "Mon 23 Nov 15:32 Europe/Paris (UTC+1)": nobody needs the seconds of a shift. */
const when = (at: number, zone: string): string => dayAndClock(at, zone).replace(/(\d\d:\d\d):\d\d/, '$1')

export type Sent = { id: string; from: string; at: number; link: string; team: string }
export type To = { name: string; email: string; zone: string }

const mail = (
  sent: Sent,
  to: To,
  say: { subject: string; preview: string; title: string; lead: string; rows: Row[]; button: string },
): Mail => ({
  id: sent.id,
  at: iso(sent.at),
  from: sent.from,
  to: to.email,
  subject: say.subject,
  ...renderMail({
    subject: say.subject,
    preview: say.preview,
    team: sent.team,
    pill: null,
    beside: '',
    title: say.title,
    lead: say.lead,
    leadText: '',
    button: { name: say.button, url: sent.link },
    rows: say.rows,
    more: [],
    foot: 'opens the schedule. You get this because you are on call in it, or could be.',
  }),
  links: [{ name: say.button, url: sent.link }],
  incident_id: null,
})

/** A shift that is near; `before`: who has it until then, `away`: their own calendar says that they cannot. */
export type Near = { schedule: string; from: number; until: number; before: string | null; away: boolean }

const starting = ({ from }: Near, at: number): string =>
  from > at ? `starts in ${duration(Math.max(60_000, Math.round((from - at) / 60_000) * 60_000))}` : 'has started'

/** The same in a sentence or three, for a phone or a browser. */
export function handoffText(at: number, zone: string, shift: Near, open: readonly unknown[]): string {
  const incidents = open.length === 1 ? ' One incident is open.' : open.length ? ` ${open.length} incidents are open.` : ''
  const away = shift.away ? ' Your calendar says that you are away: ask for cover.' : ''
  return `Your shift on ${shift.schedule} ${starting(shift, at)}, until ${when(shift.until, zone)}.${incidents}${away}`
}

/** "Your shift starts in 1 h", with what waits for them. */
export function handoffMail(sent: Sent, to: To, shift: Near, open: { name: string; title: string }[]): Mail {
  const starts = starting(shift, sent.at)
  const incidents = open.length ? open.map((i) => `${i.name} ${i.title}`).join('\n') : 'none open'
  return mail(sent, to, {
    subject: `Your shift on ${shift.schedule} ${starts}`,
    preview: `Until ${when(shift.until, to.zone)}`,
    title: `Your shift ${starts}`,
    lead: shift.away
      ? `You are on call for ${shift.schedule}, and your calendar says that you are away in that time. You are paged all the same: ask for cover.`
      : `You are on call for ${shift.schedule}. Check that your phone is loud.`,
    rows: [
      { name: 'From', text: when(shift.from, to.zone) },
      { name: 'Until', text: when(shift.until, to.zone) },
      ...(shift.before ? [{ name: 'Before', text: shift.before }] : []),
      { name: 'Incidents', text: incidents },
    ],
    button: 'Open the schedule',
  })
}

/** The coming seven days of one person on one schedule. */
export const weeklyMail = (sent: Sent, to: To, schedule: string, shifts: { from: number; until: number; away: boolean }[]): Mail =>
  mail(sent, to, {
    subject: `Your week on ${schedule}: ${shifts.length === 1 ? 'one shift' : `${shifts.length} shifts`}`,
    preview: shifts[0] ? when(shifts[0].from, to.zone) : '',
    title: 'Your week on call',
    lead: `Your shifts on ${schedule} in the next seven days. Ask for cover early if one does not suit you.`,
    rows: shifts.map((s, i) => ({
      name: i ? '' : 'Shifts',
      text: `${when(s.from, to.zone)} to ${when(s.until, to.zone)}${s.away ? ' (your calendar says you are away: ask for cover)' : ''}`,
    })),
    button: 'Open the schedule',
  })

type CoverNews = { schedule: string; owner: string; coverer: string | null; from: number; until: number; reason: string | null }

/** What became of a cover request, told to one person: who is asked, who is covered, who covers. */
export function coverMail(sent: Sent, to: To, kind: 'asked' | 'covered' | 'covers' | 'off', news: CoverNews): Mail {
  const words = {
    asked: [
      `Can you cover ${news.owner} on ${news.schedule}?`,
      'The first who accepts has it. Nothing happens if you do nothing.',
      'Answer',
    ],
    covered: [`${news.coverer ?? 'Somebody'} covers you on ${news.schedule}`, 'You will not be paged in that time.', 'Open the schedule'],
    covers: [`You cover ${news.owner} on ${news.schedule}`, 'You are paged instead of them in that time.', 'Open the schedule'],
    off: [
      `You no longer cover ${news.owner} on ${news.schedule}`,
      'The request was taken back, or the shift is gone.',
      'Open the schedule',
    ],
  }[kind] as [string, string, string]
  return mail(sent, to, {
    subject: words[0],
    preview: when(news.from, to.zone),
    title: words[0],
    lead: words[1],
    rows: [
      { name: 'From', text: when(news.from, to.zone) },
      { name: 'Until', text: when(news.until, to.zone) },
      ...(news.reason ? [{ name: 'Why', text: news.reason }] : []),
    ],
    button: words[2],
  })
}
