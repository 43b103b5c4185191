import { and, asc, count, eq, isNull, sql } from 'drizzle-orm'
import { member } from '../auth/table.ts'
import type { Db } from '../db.ts'
import { isId, newId } from '../ids.ts'
import { webhooks } from '../integrations/table.ts'
import { urgencies } from '../notify/table.ts'
import { poke } from '../outbox.ts'
import type { PageQuery } from '../page.ts'
import type { FieldError } from '../problem.ts'
import { iso } from '../time.ts'
import { monitors } from '../uptime/table.ts'
import { defaultSteps } from './escalation.ts'
import { schedules } from './schedule-table.ts'
import type { PolicyBody, PolicyChange, PolicyInput, Step } from './schema.ts'
import { stepsOf } from './stored.ts'
import { type PolicyRow, policies, policyGroups } from './table.ts'

export const policyBody = (p: PolicyRow | Omit<PolicyRow, 'number'>): PolicyBody => ({
  id: p.id,
  name: p.name,
  repeat_count: p.repeat_count,
  steps: stepsOf(p.steps),
  timezone: p.timezone,
  final_team_after: p.final_team_after,
  acknowledgement_timeout: p.acknowledgement_timeout,
  policy_group_id: p.policy_group,
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
    steps: stepsAsStored(team, input.steps),
    timezone: input.timezone ?? 'UTC',
    final_team_after: input.final_team_after ?? null,
    acknowledgement_timeout: input.acknowledgement_timeout ?? null,
    policy_group: input.policy_group_id ?? null,
    is_default: false,
    created_at: at,
    updated_at: at,
    deleted_at: null,
  }
  return { row, statements: [db.insert(policies).values(row), poke(db, team, 'team', team, at)] as const }
}

/** False when the policy is not there any more. */
export async function changePolicy(db: Db, team: string, id: string, change: PolicyChange, at: number): Promise<boolean> {
  const { steps, policy_group_id, ...rest } = change
  const grouped = policy_group_id === undefined ? {} : { policy_group: policy_group_id }
  const [changed] = await db.batch([
    db
      .update(policies)
      .set({ ...defined(rest), ...grouped, ...(steps ? { steps: stepsAsStored(team, steps) } : {}), updated_at: at })
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

/** Each target, urgency and group that does not exist in this team, by its path. */
export async function unknownParts(db: Db, team: string, change: PolicyChange): Promise<FieldError[]> {
  const { steps = [], policy_group_id } = change
  const [people, endpoints, known, listed, groups] = await Promise.all([
    db.select({ id: member.userId }).from(member).where(eq(member.organizationId, team)),
    endpointsOf(db, team),
    db.select({ id: urgencies.id }).from(urgencies).where(eq(urgencies.team, team)),
    db
      .select({ id: schedules.id })
      .from(schedules)
      .where(and(eq(schedules.team, team), isNull(schedules.deleted_at))),
    db.select({ id: policyGroups.id }).from(policyGroups).where(eq(policyGroups.team, team)),
  ])
  const ids = (rows: { id: string }[]) => new Set(rows.map((r) => r.id))
  const there = { people: ids(people), endpoints: ids(endpoints), schedules: ids(listed) }
  const found = steps.flatMap((step, i): FieldError[] => [
    ...step.targets.flatMap((target, j) => {
      const wrong = whatIsWrong(team, target, there)
      return wrong ? [{ path: `steps.${i}.targets.${j}.id`, code: 'unknown', message: wrong }] : []
    }),
    ...(isId(step.urgency) && !ids(known).has(step.urgency)
      ? [
          {
            path: `steps.${i}.urgency`,
            code: 'unknown',
            message: 'This team has no urgency with this id. GET /api/oncall/urgencies lists them.',
          },
        ]
      : []),
  ])
  const group = policy_group_id && !ids(groups).has(policy_group_id)
  return group ? [...found, { path: 'policy_group_id', code: 'unknown', message: 'This team has no policy group with this id.' }] : found
}

type Known = { people: Set<string>; endpoints: Set<string>; schedules: Set<string> }

function whatIsWrong(team: string, { type, id }: PolicyInput['steps'][number]['targets'][number], known: Known): string | null {
  switch (type) {
    case 'user':
      return id && known.people.has(id) ? null : 'Nobody in this team has this id. GET /api/auth/members lists user_id.'
    case 'team':
      return !id || id === team ? null : 'A policy pages its own team. Leave id out.'
    case 'webhook':
      return id && known.endpoints.has(id) ? null : 'This team has no webhook with this id.'
    case 'schedule':
      return id && known.schedules.has(id) ? null : 'This team has no schedule with this id. GET /api/oncall/schedules lists them.'
    default:
      return type satisfies never
  }
}

/** The team's endpoints; one that is switched off can be named by a policy and reaches nobody. */
export const endpointsOf = (db: Db, team: string) =>
  db
    .select({ id: webhooks.id, name: webhooks.name, url: webhooks.url, secret: webhooks.secret, enabled: webhooks.enabled })
    .from(webhooks)
    .where(and(eq(webhooks.team, team), isNull(webhooks.deleted_at)))

/** Steps that were typed, as they are kept. */
export const stepsAsStored = (team: string, steps: PolicyInput['steps']): Step[] =>
  steps.map((s) => ({
    ...s,
    targets: s.targets.map((t) => ({ type: t.type, id: t.type === 'team' ? team : (t.id ?? '') })),
    when: s.when && { severities: null, services: null, hours: null, ...defined(s.when) },
  }))

/** Without the attributes that are absent. */
const defined = <T extends object>(change: T) =>
  Object.fromEntries(Object.entries(change).filter(([, v]) => v !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> }
