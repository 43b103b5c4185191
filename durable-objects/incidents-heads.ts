import { and, eq, isNull, sql } from 'drizzle-orm'
import { organization } from '../shared/auth/table.ts'
import { db } from '../shared/db.ts'
import type { Incident } from '../shared/incidents/incident.ts'
import { incidentHeads, pageGauges } from '../shared/incidents/table.ts'
import { enqueueWebhooks, type Outgoing } from '../shared/integrations/deliveries.ts'

/**
 * Writes what lists show, newest `rev` wins, since when the oldest page waits (null: none does), and what customers' endpoints
 * are told of. One batch, nothing for a team that is being deleted.
 */
export async function writeHeads(
  d1: D1Database,
  team: string,
  incidents: Incident[],
  oldestUnsentAt: number | null,
  outgoing: Outgoing[],
): Promise<void> {
  const database = db(d1)
  const gauge =
    oldestUnsentAt === null
      ? database.delete(pageGauges).where(eq(pageGauges.team, team))
      : database
          .insert(pageGauges)
          .values({ team, oldest_unsent_at: oldestUnsentAt })
          .onConflictDoUpdate({ target: pageGauges.team, set: { oldest_unsent_at: oldestUnsentAt } })
  const changing = {
    title: sql`excluded.title`,
    status: sql`excluded.status`,
    severity: sql`excluded.severity`,
    policy_id: sql`excluded.policy_id`,
    responder_id: sql`excluded.responder_id`,
    escalation_level: sql`excluded.escalation_level`,
    acknowledged_at: sql`excluded.acknowledged_at`,
    acknowledged_by: sql`excluded.acknowledged_by`,
    resolved_at: sql`excluded.resolved_at`,
    resolved_by: sql`excluded.resolved_by`,
    rev: sql`excluded.rev`,
  }
  const heads = incidents.map((i) =>
    database
      .insert(incidentHeads)
      .select((q) =>
        q
          .select(headOf(team, i))
          .from(organization)
          .where(and(eq(organization.id, team), isNull(organization.deletedAt))),
      )
      .onConflictDoUpdate({ target: incidentHeads.id, set: changing, setWhere: sql`excluded.rev > incident_heads.rev` }),
  )
  await database.batch([gauge, ...heads, ...outgoing.flatMap((o) => enqueueWebhooks(database, team, o, o.at))])
}

/** The row, as expressions in the order of the table's columns. */
const headOf = (team: string, i: Incident) => ({
  number: sql<number>`null`.as('number'),
  id: sql<string>`${i.id}`.as('id'),
  team: sql<string>`${team}`.as('team'),
  team_number: sql<number>`${i.number}`.as('team_number'),
  title: sql<string>`${i.title}`.as('title'),
  status: sql<Incident['status']>`${i.status}`.as('status'),
  severity: sql<Incident['severity']>`${i.severity}`.as('severity'),
  cause: sql<string>`${i.what}`.as('cause'),
  monitor_id: sql<string | null>`${i.cause?.type === 'monitor' ? i.cause.id : null}`.as('monitor_id'),
  policy_id: sql<string | null>`${i.policyId}`.as('policy_id'),
  service_id: sql<string | null>`${i.serviceId}`.as('service_id'),
  responder_id: sql<string | null>`${i.responder}`.as('responder_id'),
  escalation_level: sql<number>`${i.level}`.as('escalation_level'),
  started_at: sql<number>`${i.startedAt}`.as('started_at'),
  created_at: sql<number>`${i.openedAt}`.as('created_at'),
  acknowledged_at: sql<number | null>`${i.acknowledgedAt}`.as('acknowledged_at'),
  acknowledged_by: sql<Incident['acknowledgedBy']>`${i.acknowledgedBy && JSON.stringify(i.acknowledgedBy)}`.as('acknowledged_by'),
  resolved_at: sql<number | null>`${i.resolvedAt}`.as('resolved_at'),
  resolved_by: sql<Incident['resolvedBy']>`${i.resolvedBy && JSON.stringify(i.resolvedBy)}`.as('resolved_by'),
  rev: sql<number>`${i.rev}`.as('rev'),
  alert_id: sql<string | null>`${i.cause?.type === 'alert' ? i.cause.id : null}`.as('alert_id'),
})
