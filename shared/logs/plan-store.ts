import { and, eq, inArray, lt } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { monthOf, noPlan, overQuota, type Plan, type Signal, type Used } from './plans.ts'
import { overQuotas, telemetryPlans } from './table.ts'

/** A team's plan; `noPlan` when nobody gave it one. */
export async function readPlan(db: Db, team: string): Promise<Plan> {
  const [row] = await db.select().from(telemetryPlans).where(eq(telemetryPlans.team, team))
  return row ? { bundle: row.bundle, warehouse: row.warehouse, overage: row.overage } : noPlan
}

/** What billing writes when a subscription changes. */
export async function setPlan(db: Db, team: string, plan: Plan, at: number): Promise<void> {
  await db
    .insert(telemetryPlans)
    .values({ team, ...plan, updated_at: at })
    .onConflictDoUpdate({ target: telemetryPlans.team, set: { ...plan, updated_at: at } })
}

/** Signals of which the team sent more this month than its plan holds. */
export async function overNow(db: Db, team: string, at: number): Promise<Signal[]> {
  const rows = await db
    .select()
    .from(overQuotas)
    .where(and(eq(overQuotas.team, team), eq(overQuotas.month, monthOf(at))))
  return rows.map(({ signal }) => signal)
}

/** Compares what teams sent this month with their plans and writes down who is over; of the installation, so over all teams. Returns how many are. */
export async function writeOver(db: Db, used: { team: string; used: Used }[], at: number): Promise<number> {
  const month = monthOf(at)
  let over = 0
  // D1 takes 100 bound values a statement
  for (let i = 0; i < used.length; i += 20) {
    const some = used.slice(i, i + 20)
    const teams = some.map(({ team }) => team)
    const plans = await db.select().from(telemetryPlans).where(inArray(telemetryPlans.team, teams))
    const rows = some.flatMap(({ team, used }) =>
      overQuota(plans.find((plan) => plan.team === team) ?? noPlan, used).map((signal) => ({ team, signal, month, at })),
    )
    over += rows.length
    // at once: a door that asks in between must not find a team under its quota
    await db.batch([db.delete(overQuotas).where(inArray(overQuotas.team, teams)), ...rows.map((row) => db.insert(overQuotas).values(row))])
  }
  await db.delete(overQuotas).where(lt(overQuotas.month, month))
  return over
}
