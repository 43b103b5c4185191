import { stubs } from '../../durable-objects/stubs.ts'
import { peopleOf, urgenciesOf } from '../../shared/oncall/notification-copy.ts'
import { type Simulated, simulate } from '../../shared/oncall/simulate.ts'
import { SimulateQuery, SimulationBody } from '../../shared/oncall/simulate-schema.ts'
import { endpointsOf, ensureDefaultPolicy, getPolicy } from '../../shared/oncall/store.ts'
import { escalatesOf } from '../../shared/oncall/stored.ts'
import { Problem } from '../../shared/problem.ts'
import { DAY, iso } from '../../shared/time.ts'
import { can, door, says, takes } from './door.ts'
import { definitions } from './oncall-asking.ts'

/** `/api/oncall/simulate`: who would be paged, by the code that pages. */
export const oncallSimulate = door().get(
  '/',
  says('Who would be paged, when, by which channel and why, if nobody acknowledged', SimulationBody),
  can('oncall:read'),
  takes('query', SimulateQuery),
  async (c) => {
    const { db, team } = c.var
    const query = c.req.valid('query')
    const at = query.at ? Date.parse(query.at) : Date.now()
    const row = query.policy_id ? await getPolicy(db, team, query.policy_id) : await ensureDefaultPolicy(db, team, Date.now())
    if (!row) throw new Problem('not-found', 'This team has no escalation policy with this id.')
    const policy = escalatesOf(row)
    const [people, endpoints, urgencies, schedules, turns] = await Promise.all([
      peopleOf(db, team),
      endpointsOf(db, team),
      urgenciesOf(db, team),
      definitions(c, undefined, at - 2 * DAY, at + 9 * DAY),
      stubs.incidents(team).turns(row.id, policy.steps.length),
    ])
    const question = { policy, severity: query.severity, service: query.service_id ?? null, at, turns }
    const found = simulate(question, { people, endpoints: endpoints.filter((e) => e.enabled), urgencies, schedules })
    return c.json({ policy_id: row.id, severity: query.severity.toUpperCase() as 'SEV1', at: iso(at), ...body(found) })
  },
)

const body = ({ steps, nobody, cut }: Simulated) => ({
  steps: steps.map(({ lastResort, pages, ...step }) => ({
    ...step,
    at: iso(step.at),
    last_resort: lastResort,
    pages: pages.map(({ user, endpoint, why, ...page }) => ({
      ...page,
      at: iso(page.at),
      user_id: user,
      webhook_id: endpoint,
      why:
        why.type === 'schedule'
          ? { type: why.type, schedule_id: why.schedule, reason: why.reason, layer: why.layer }
          : { type: why.type, schedule_id: null, reason: null, layer: null },
    })),
  })),
  nobody,
  cut,
})
