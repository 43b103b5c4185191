import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Env } from '../durable-objects/env.ts'
import { stubs } from '../durable-objects/stubs.ts'
import { organization } from '../shared/auth/table.ts'
import { type Db, db } from '../shared/db.ts'
import { newId } from '../shared/ids.ts'
import { incidentHeads } from '../shared/incidents/table.ts'
import { openContact } from '../shared/notify/contact-secret.ts'
import type { Mail } from '../shared/notify/mail.ts'
import { noticePage } from '../shared/notify/notice.ts'
import type { Receipt } from '../shared/notify/page.ts'
import { unavailability } from '../shared/oncall/calendar-store.ts'
import { getCover } from '../shared/oncall/cover-store.ts'
import { coverMail, handoffMail, handoffText, type Sent, type To, weeklyMail } from '../shared/oncall/mail.ts'
import { planFor } from '../shared/oncall/notification.ts'
import { peopleOf, urgenciesOf } from '../shared/oncall/notification-copy.ts'
import type { Span } from '../shared/oncall/restrictions.ts'
import { shifts, whoIsOnCall } from '../shared/oncall/schedule.ts'
import { getSchedule, type Member, membersOf, scheduleCopy } from '../shared/oncall/schedule-store.ts'
import { urgencyOf } from '../shared/oncall/urgency.ts'
import type { Poke } from '../shared/outbox.ts'
import { ring } from '../shared/seal.ts'
import { DAY, MINUTE } from '../shared/time.ts'
import { sendMail } from './mail.ts'

/** What is known when a mail is made: made anew from what D1 says now, so that what changed meanwhile is not told. */
type Facts = { env: Env; db: Db; team: string; at: number; people: Member[]; sent: (id: string, path: string) => Sent }

/** A mail, and what a person is told who wishes to hear of it by other ways: a sentence. */
type News = { mail: Mail; text?: string }

/** News about schedules, by the first word of a poke's `ref`. */
export const oncallMail = {
  /** `handoff:<schedule>:<start>:<user>` */
  handoff: async (f: Facts, schedule: string, start: string, user: string): Promise<News | null> => {
    const [def, to] = [await scheduleCopy(f.db, f.team, schedule, f.at), f.people.find((p) => p.id === user)]
    const from = Number(start)
    const now = def && whoIsOnCall(def, from)
    // the shift moved or went to somebody else, or this mail was held up until it says nothing
    if (!def || !to || now?.user !== user || now.since !== from || f.at > from + 30 * MINUTE) return null
    const before = f.people.find((p) => p.id === whoIsOnCall(def, from - 1)?.user)?.name ?? null
    const [open, away] = [await openIncidents(f), await isAway(f, user)]
    const shift = { schedule: def.name, from, until: now.until, before, away: away({ from, until: now.until }) }
    const mail = handoffMail(f.sent(`handoff-${schedule}-${start}-${user}`, `/on-call/${schedule}`), asTo(to), shift, open)
    return { mail, text: handoffText(f.at, to.zone, shift, open) }
  },
  /** `weekly:<schedule>:<monday>:<user>` */
  weekly: async (f: Facts, schedule: string, monday: string, user: string): Promise<News | null> => {
    const [def, to] = [await scheduleCopy(f.db, f.team, schedule, f.at), f.people.find((p) => p.id === user)]
    if (!def || !to || f.at > Number(monday) + DAY) return null
    const theirs = shifts(def, f.at, Number(monday) + 7 * DAY).filter((s) => s.user === user)
    if (!theirs.length) return null
    const away = await isAway(f, user)
    const listed = theirs.map((s) => ({ ...s, away: away(s) }))
    return { mail: weeklyMail(f.sent(`weekly-${schedule}-${monday}-${user}`, `/on-call/${schedule}`), asTo(to), def.name, listed) }
  },
  /** `cover:<request>:<user>` */
  cover: async (f: Facts, id: string, user: string): Promise<News | null> => {
    const [row, to] = [await getCover(f.db, f.team, id), f.people.find((p) => p.id === user)]
    const schedule = row && (await getSchedule(f.db, f.team, row.schedule_id))
    if (!row || !schedule || !to || row.until_at <= f.at) return null
    const name = (who: string | null) => f.people.find((p) => p.id === who)?.name ?? 'Somebody'
    const kind = kindOf(row, user)
    if (!kind) return null
    const news = {
      schedule: schedule.row.name, owner: name(row.user_id), coverer: row.covered_by && name(row.covered_by), from: row.from_at, until: row.until_at, reason: row.reason,
    } // biome-ignore format: a row
    const sent = f.sent(`cover-${id}-${kind}-${row.updated_at}-${user}`, `/on-call/${row.schedule_id}?cover=${id}`)
    return { mail: coverMail(sent, asTo(to), kind, news) }
  },
} satisfies Record<string, (f: Facts, ...ref: [string, string, string]) => Promise<News | null>>

/** Whether somebody's own calendar says that they are away in some of a time. */
async function isAway({ db, team }: Facts, user: string): Promise<(span: Span) => boolean> {
  const away = (await unavailability(db, team)).get(user) ?? []
  return ({ from, until }) => away.some((a) => a.from < until && a.until > from)
}

const asTo = ({ name, email, zone }: Member): To => ({ name, email, zone })

function kindOf(row: { status: string; user_id: string; requester_id: string | null; covered_by: string | null }, user: string) {
  if (row.status === 'pending') return 'asked'
  if (row.status === 'accepted')
    return user === row.covered_by ? 'covers' : user === row.user_id || user === row.requester_id ? 'covered' : null
  return user === row.covered_by ? 'off' : null
}

async function openIncidents(f: Facts): Promise<{ name: string; title: string }[]> {
  const rows = await f.db
    .select({ team_number: incidentHeads.team_number, title: incidentHeads.title })
    .from(incidentHeads)
    .where(and(eq(incidentHeads.team, f.team), inArray(incidentHeads.status, ['open', 'acknowledged'])))
    .orderBy(desc(incidentHeads.created_at))
    .limit(5)
  return rows.map((i) => ({ name: `INC-${i.team_number}`, title: i.title }))
}

/** Sends one mail about schedules; throws when it did not leave and trying again may help. */
export async function sendOncallMail(env: Env, { team, ref }: Poke, at: number): Promise<undefined> {
  const [what = '', a = '', b = '', c = ''] = ref.split(':')
  if (!Object.hasOwn(oncallMail, what)) return
  const database = db(env.DB)
  const [people, [named]] = await Promise.all([
    membersOf(database, team),
    database.select({ name: organization.name }).from(organization).where(eq(organization.id, team)),
  ])
  const sent = (id: string, path: string): Sent => ({
    id,
    at,
    from: env.MAIL_FROM,
    link: `${env.TOCSIN_URL}${path}`,
    team: named?.name ?? '',
  })
  const facts = { env, db: database, team, at, people, sent }
  const news = await oncallMail[what as keyof typeof oncallMail](facts, a, b, c)
  if (!news) return
  const results =
    news.text === undefined ? [await sendMail(env, news.mail)] : await asWished(facts, c, news.mail, news.text, named?.name ?? '')
  // told by one way is told: trying all of them again would tell twice
  if (results.some((r) => r.outcome === 'accepted' || r.fault === 'theirs')) return
  throw new Error(`${what} not sent: ${results[0]?.detail}`)
}

/** By the ways that somebody wishes to hear of what is not urgent (SEV4's; e-mail when they said nothing), at once. */
async function asWished(f: Facts, user: string, mail: Mail, text: string, team: string): Promise<Receipt[]> {
  const [everybody, urgencies] = await Promise.all([peopleOf(f.db, f.team), urgenciesOf(f.db, f.team)])
  const person = everybody.find((p) => p.id === user)
  const wished = person ? planFor(person, urgencyOf('low', 'sev4', urgencies), f.at).pages : []
  const soonest = Math.min(...wished.map((w) => w.after))
  const ways = wished.filter((w) => w.after === soonest)
  if (!person || !ways.length) return [await sendMail(f.env, mail)]
  return Promise.all(
    ways.map(async ({ contact: { channel, contact, secret } }) => {
      if (channel === 'email') return sendMail(f.env, { ...mail, to: contact })
      const opened = secret ? await openContact(ring(f.env.SECRET_KEYS), f.team, secret) : null
      const to = { channel, contact, secret: opened }
      return stubs.deliver(
        noticePage({ id: newId(), team: { id: f.team, name: team }, to, person, notice: text, url: mail.links[0]!.url, at: f.at }),
      )
    }),
  )
}
