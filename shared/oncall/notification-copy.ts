import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm'
import { member, organization, user } from '../auth/table.ts'
import type { Db } from '../db.ts'
import { contactMethods, notificationRules, urgencies } from '../notify/table.ts'
import type { Contact, Endpoint, Person, Policy } from './escalation.ts'
import type { ScheduleDefinition } from './schedule.ts'
import { scheduleCopies } from './schedule-store.ts'
import { endpointsOf, ensureDefaultPolicy } from './store.ts'
import { escalatesOf } from './stored.ts'
import { policies } from './table.ts'
import { seeded, type Urgency } from './urgency.ts'

/** What an Incidents object keeps of its team, so that a page never waits for D1. */
export type TeamCopy = {
  v: 2
  at: number
  name: string
  policies: (Policy & { id: string; isDefault: boolean })[]
  people: Person[]
  endpoints: Endpoint[]
  urgencies: Urgency[]
  schedules: ScheduleDefinition[]
}

export async function teamCopy(db: Db, team: string, at: number): Promise<TeamCopy> {
  await ensureDefaultPolicy(db, team, at)
  const [teams, rows, people, endpoints, loud, schedules] = await Promise.all([
    db.select({ name: organization.name }).from(organization).where(eq(organization.id, team)),
    db
      .select()
      .from(policies)
      .where(and(eq(policies.team, team), isNull(policies.deleted_at))),
    peopleOf(db, team),
    endpointsOf(db, team),
    urgenciesOf(db, team),
    scheduleCopies(db, team, at),
  ])
  return {
    v: 2,
    at,
    name: teams[0]?.name ?? '',
    policies: rows.map((p) => ({ ...escalatesOf(p), id: p.id, isDefault: p.is_default })),
    people,
    endpoints: endpoints.filter((e) => e.enabled).map(({ id, name, url, secret }) => ({ id, name, url, secret })),
    urgencies: loud,
    schedules,
  }
}

/** A stored copy of any version as the present one; it is only used until D1 is read again. */
export function teamCopyOf(stored: TeamCopy | (Omit<TeamCopy, 'v' | 'urgencies' | 'schedules'> & { v: 1 })): TeamCopy {
  if (stored.v === 2) return stored
  const policiesNow = stored.policies.map((p) => ({ ...escalatesOf(p), id: p.id, isDefault: p.isDefault }))
  return { ...stored, v: 2, policies: policiesNow, urgencies: [], schedules: [] }
}

/** Everybody, longest in the team first, with every verified way to them. The account's address comes first; signing up verified it. */
export async function peopleOf(db: Db, team: string): Promise<Person[]> {
  const [people, contacts, wishes] = await Promise.all([
    db
      .select({ id: user.id, name: user.name, email: user.email, timezone: user.timezone, role: member.role })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(eq(member.organizationId, team))
      .orderBy(asc(member.createdAt)),
    db
      .select()
      .from(contactMethods)
      .where(and(eq(contactMethods.team, team), isNotNull(contactMethods.verified_at)))
      .orderBy(asc(contactMethods.number)),
    db.select().from(notificationRules).where(eq(notificationRules.team, team)),
  ])
  return people.map(({ id, name, email, timezone, role }) => {
    const own = contacts.filter((c) => c.person === id)
    const wished = wishes.find((w) => w.person === id)
    const account: Contact[] = email ? [{ id, channel: 'email', contact: email }] : []
    return {
      id,
      name,
      zone: timezone,
      contacts: [...account, ...own.map((c) => ({ id: c.id, channel: c.channel, contact: c.contact, secret: c.secret }))],
      rules: wished?.rules ?? [],
      quiet: wished?.quiet ?? [],
      admin: role === 'admin',
    }
  })
}

/** The team's urgencies; the four that every team has stand in for rows that were not made yet. */
export async function urgenciesOf(db: Db, team: string): Promise<Urgency[]> {
  const rows = await db.select().from(urgencies).where(eq(urgencies.team, team)).orderBy(asc(urgencies.number))
  const missing = seeded.filter((s) => !rows.some((r) => r.key === s.key)).map((s) => ({ ...s, id: s.key }))
  return [...rows.map(({ id, key, name, channels, critical }) => ({ id, key, name, channels, critical })), ...missing]
}
