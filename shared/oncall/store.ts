import { and, asc, count, eq, isNull, sql } from 'drizzle-orm'
import { member, organization, user } from '../auth/table.ts'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import { webhooks } from '../integrations/table.ts'
import { poke } from '../outbox.ts'
import type { PageQuery } from '../page.ts'
import type { FieldError } from '../problem.ts'
import { iso } from '../time.ts'
import { monitors } from '../uptime/table.ts'
import { defaultSteps, type Endpoint, type Person, type Policy } from './escalation.ts'
import type { PolicyBody, PolicyChange, PolicyInput, Step } from './schema.ts'
import { type PolicyRow, policies } from './table.ts'

export const policyBody = (p: PolicyRow | Omit<PolicyRow, 'number'>): PolicyBody => ({
  id: p.id,
  name: p.name,
  repeat_count: p.repeat_count,
  steps: p.steps,
  is_default: p.is_default,
  created_at: iso(p.created_at),
  updated_at: iso(p.updated_at),
})

const alive = (team: string) => and(eq(policies.team, team), isNull(policies.deleted_at))

/** Default first, then by name. Makes the default when the team has none yet. */
export async function listPolicies(db: Db, team: string, { page, per_page }: PageQuery, at: number) {
  await ensureDefaultPolicy(db, team, at)
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(policies)
      .where(alive(team))
      .orderBy(sql`${policies.is_default} desc`, asc(policies.name), asc(policies.number))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(policies).where(alive(team)),
  ])
  return { rows, total: total?.n ?? 0 }
}

export const getPolicy = async (db: Db, team: string, id: string): Promise<PolicyRow | undefined> => {
  const [row] = await db
    .select()
    .from(policies)
    .where(and(alive(team), eq(policies.id, id)))
  return row
}

/** The row and the statements that make it: to be put into one batch. */
export function newPolicy(db: Db, team: string, input: PolicyInput, at: number) {
  const row = {
    id: newId(at),
    team,
    name: input.name,
    repeat_count: input.repeat_count,
    steps: stored(team, input.steps),
    is_default: false,
    created_at: at,
    updated_at: at,
    deleted_at: null,
  }
  return { row, statements: [db.insert(policies).values(row), poke(db, team, 'team', team, at)] as const }
}

/** False when the policy is not there any more. */
export async function changePolicy(db: Db, team: string, id: string, change: PolicyChange, at: number): Promise<boolean> {
  const { steps, ...rest } = change
  const [changed] = await db.batch([
    db
      .update(policies)
      .set({ ...rest, ...(steps ? { steps: stored(team, steps) } : {}), updated_at: at })
      .where(and(alive(team), eq(policies.id, id)))
      .returning({ id: policies.id }),
    poke(db, team, 'team', team, at),
  ])
  return changed.length > 0
}

export type Removed = 'removed' | 'default' | 'gone' | { usedBy: string[] }

/** Deletes a policy that nothing uses; the condition is in the statement, so a monitor saved meanwhile wins. */
export async function removePolicy(db: Db, team: string, id: string, at: number): Promise<Removed> {
  const users = and(eq(monitors.team, team), eq(monitors.policy_id, id), isNull(monitors.deleted_at))
  const [removed] = await db.batch([
    db
      .update(policies)
      .set({ deleted_at: at, updated_at: at })
      .where(
        and(alive(team), eq(policies.id, id), eq(policies.is_default, false), sql`not exists (select 1 from ${monitors} where ${users})`),
      )
      .returning({ id: policies.id }),
    poke(db, team, 'team', team, at),
  ])
  if (removed.length) return 'removed'
  const row = await getPolicy(db, team, id)
  if (!row) return 'gone'
  if (row.is_default) return 'default'
  const names = await db.select({ name: monitors.name }).from(monitors).where(users).limit(5)
  return { usedBy: names.map((m) => m.name) }
}

/** A team's default policy, made when it is first needed. Two at once make one: the index decides. */
export async function ensureDefaultPolicy(db: Db, team: string, at: number): Promise<PolicyRow | undefined> {
  const read = async () =>
    (
      await db
        .select()
        .from(policies)
        .where(and(alive(team), eq(policies.is_default, true)))
    )[0]
  const found = await read()
  if (found) return found
  const [owner] = await db
    .select({ id: member.userId })
    .from(member)
    .where(eq(member.organizationId, team))
    .orderBy(sql`${member.role} = 'admin' desc`, asc(member.createdAt))
    .limit(1)
  if (!owner) return undefined
  const row = { id: newId(at), team, name: 'Default', repeat_count: 0, steps: defaultSteps(team, owner.id), is_default: true }
  await db
    .insert(policies)
    .values({ ...row, created_at: at, updated_at: at })
    .onConflictDoNothing()
  return read()
}

/** Each target that does not exist in this team, by its path. */
export async function unknownTargets(db: Db, team: string, steps: PolicyInput['steps']): Promise<FieldError[]> {
  const people = await db.select({ id: member.userId }).from(member).where(eq(member.organizationId, team))
  const known = { people: new Set(people.map((m) => m.id)), endpoints: new Set((await endpointsOf(db, team)).map((e) => e.id)) }
  return steps.flatMap((step, i) =>
    step.targets.flatMap((target, j) => {
      const wrong = whatIsWrong(team, target, known)
      return wrong ? [{ path: `steps.${i}.targets.${j}.${wrong[0]}`, code: wrong[1], message: wrong[2] }] : []
    }),
  )
}

type Wrong = [attribute: 'id' | 'type', code: string, message: string]

function whatIsWrong(
  team: string,
  { type, id }: PolicyInput['steps'][number]['targets'][number],
  known: { people: Set<string>; endpoints: Set<string> },
): Wrong | null {
  switch (type) {
    case 'user':
      return id && known.people.has(id) ? null : ['id', 'unknown', 'Nobody in this team has this id. GET /api/auth/members lists user_id.']
    case 'team':
      return !id || id === team ? null : ['id', 'unknown', 'A policy pages its own team. Leave id out.']
    case 'webhook':
      return id && known.endpoints.has(id) ? null : ['id', 'unknown', 'This team has no webhook with this id.']
    case 'schedule':
      return ['type', 'not-available-yet', 'There are no on-call schedules yet. Name people instead.']
  }
}

/** What an Incidents object keeps of its team, so that a page never waits for D1. */
export type TeamCopy = {
  v: 1
  at: number
  name: string
  policies: (Policy & { id: string; isDefault: boolean })[]
  people: Person[]
  endpoints: Endpoint[]
}

export async function teamCopy(db: Db, team: string, at: number): Promise<TeamCopy> {
  await ensureDefaultPolicy(db, team, at)
  const [teams, rows, people, endpoints] = await Promise.all([
    db.select({ name: organization.name }).from(organization).where(eq(organization.id, team)),
    db.select().from(policies).where(alive(team)),
    db
      .select({ id: user.id, name: user.name, email: user.email, timezone: user.timezone })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(eq(member.organizationId, team))
      .orderBy(asc(member.createdAt)),
    endpointsOf(db, team),
  ])
  return {
    v: 1,
    at,
    name: teams[0]?.name ?? '',
    policies: rows.map((p) => ({ id: p.id, name: p.name, repeat_count: p.repeat_count, steps: p.steps, isDefault: p.is_default })),
    people: people.map(({ id, name, email, timezone }) => ({
      id,
      name,
      zone: timezone,
      contacts: email ? [{ channel: 'email', contact: email }] : [],
    })),
    endpoints: endpoints.filter((e) => e.enabled).map(({ id, name, url, secret }) => ({ id, name, url, secret })),
  }
}

/** The team's endpoints; one that is switched off can be named by a policy and reaches nobody. */
const endpointsOf = (db: Db, team: string) =>
  db
    .select({ id: webhooks.id, name: webhooks.name, url: webhooks.url, secret: webhooks.secret, enabled: webhooks.enabled })
    .from(webhooks)
    .where(and(eq(webhooks.team, team), isNull(webhooks.deleted_at)))

const stored = (team: string, steps: PolicyInput['steps']): Step[] =>
  steps.map((s) => ({ ...s, targets: s.targets.map((t) => ({ type: t.type, id: t.type === 'team' ? team : (t.id ?? '') })) }))
