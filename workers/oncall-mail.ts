import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Env } from '../durable-objects/env.ts'
import { organization } from '../shared/auth/table.ts'
import { type Db, db } from '../shared/db.ts'
import { incidentHeads } from '../shared/incidents/table.ts'
import type { Mail } from '../shared/notify/mail.ts'
import { unavailability } from '../shared/oncall/calendar-store.ts'
import { getCover } from '../shared/oncall/cover-store.ts'
import { coverMail, handoffMail, type Sent, type To, weeklyMail } from '../shared/oncall/mail.ts'
import type { Span } from '../shared/oncall/restrictions.ts'
import { shifts, whoIsOnCall } from '../shared/oncall/schedule.ts'
import { getSchedule, type Member, membersOf, scheduleCopy } from '../shared/oncall/schedule-store.ts'
import type { Poke } from '../shared/outbox.ts'
import { DAY, MINUTE } from '../shared/time.ts'
import { sendMail } from './mail.ts'

/** What is known when a mail is made: made anew from what D1 says now, so that what changed meanwhile is not told. */
type Facts = { env: Env; db: Db; team: string; at: number; people: Member[]; sent: (id: string, path: string) => Sent }

/** Mail about schedules, by the first word of a poke's `ref`. */
export const oncallMail = {
  /** `handoff:<schedule>:<start>:<user>` */
  handoff: async (f: Facts, schedule: string, start: string, user: string): Promise<Mail | null> => {
    const [def, to] = [await scheduleCopy(f.db, f.team, schedule, f.at), f.people.find((p) => p.id === user)]
    const from = Number(start)
    const now = def && whoIsOnCall(def, from)
    // the shift moved or went to somebody else, or this mail was held up until it says nothing
    if (!def || !to || now?.user !== user || now.since !== from || f.at > from + 30 * MINUTE) return null
    const before = whoIsOnCall(def, from - 1)?.user
    const open = await openIncidents(f)
    const away = await isAway(f, user)
    const shift = {
      schedule: def.name,
      from,
      until: now.until,
      before: f.people.find((p) => p.id === before)?.name ?? null,
      away: away({ from, until: now.until }),
    }
    return handoffMail(f.sent(`handoff-${schedule}-${start}-${user}`, `/on-call/${schedule}`), asTo(to), shift, open)
  },
  /** `weekly:<schedule>:<monday>:<user>` */
  weekly: async (f: Facts, schedule: string, monday: string, user: string): Promise<Mail | null> => {
    const [def, to] = [await scheduleCopy(f.db, f.team, schedule, f.at), f.people.find((p) => p.id === user)]
    if (!def || !to || f.at > Number(monday) + DAY) return null
    const theirs = shifts(def, f.at, Number(monday) + 7 * DAY).filter((s) => s.user === user)
    if (!theirs.length) return null
    const away = await isAway(f, user)
    const listed = theirs.map((s) => ({ ...s, away: away(s) }))
    return weeklyMail(f.sent(`weekly-${schedule}-${monday}-${user}`, `/on-call/${schedule}`), asTo(to), def.name, listed)
  },
  /** `cover:<request>:<user>` */
  cover: async (f: Facts, id: string, user: string): Promise<Mail | null> => {
    const [row, to] = [await getCover(f.db, f.team, id), f.people.find((p) => p.id === user)]
    const schedule = row && (await getSchedule(f.db, f.team, row.schedule_id))
    if (!row || !schedule || !to || row.until_at <= f.at) return null
    const name = (who: string | null) => f.people.find((p) => p.id === who)?.name ?? 'Somebody'
    const kind = kindOf(row, user)
    if (!kind) return null
    const news = {
      schedule: schedule.row.name, owner: name(row.user_id), coverer: row.covered_by && name(row.covered_by), from: row.from_at, until: row.until_at, reason: row.reason,
    } // biome-ignore format: a row
    return coverMail(
      f.sent(`cover-${id}-${kind}-${row.updated_at}-${user}`, `/on-call/${row.schedule_id}?cover=${id}`),
      asTo(to),
      kind,
      news,
    )
  },
} satisfies Record<string, (f: Facts, ...ref: [string, string, string]) => Promise<Mail | null>>

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
  const mail = await oncallMail[what as keyof typeof oncallMail]({ env, db: database, team, at, people, sent }, a, b, c)
  if (!mail) return
  const { outcome, detail, fault } = await sendMail(env, mail)
  if (outcome !== 'accepted' && fault !== 'theirs') throw new Error(`${what} mail not sent: ${detail}`)
}
