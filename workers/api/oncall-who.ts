import { stubs } from '../../durable-objects/stubs.ts'
import { within } from '../../durable-objects/within.ts'
import { log, reason } from '../../shared/log.ts'
import { type Handoff, nextHandoff } from '../../shared/oncall/next-handoff.ts'
import { type OnCall, whoIsOnCall } from '../../shared/oncall/schedule.ts'
import { WhoBody, WhoQuery } from '../../shared/oncall/schedule-schema.ts'
import { isProblem, Problem } from '../../shared/problem.ts'
import { DAY, iso, isoOrNull } from '../../shared/time.ts'
import { type Asked, can, door, says, takes } from './door.ts'
import { definitions } from './oncall-asking.ts'

/** How long D1 may take before the copy of the Schedule object is asked. */
const D1_MS = 1500

/**
 * `/api/oncall/who-is-oncall`. WIRE "On-call". D1 decides: an answer holds what was saved a moment ago, and any time past or future. While
 * it does not answer, the copy that the schedule's object keeps says who it is, from now to 89 days ahead.
 */
export const oncallWho = door().get(
  '/',
  says('Who is on call, since when, until when, why, and who is next', WhoBody),
  can('oncall:read'),
  takes('query', WhoQuery),
  async (c) => {
    const { schedule_id, at: asked } = c.req.valid('query')
    const at = asked ? Date.parse(asked) : Date.now()
    try {
      const defs = await within(D1_MS, definitions(c, schedule_id, at - 400 * DAY, LATEST))
      return c.json(defs.map((def) => body(def.id, whoIsOnCall(def, at), nextHandoff(def, at))))
    } catch (e) {
      if (isProblem(e)) throw e
      log('who-without-d1', { team: c.var.team, message: reason(e) })
      return c.json([await byCopy(c, schedule_id, at)])
    }
  },
)
/** Later than any override or version. */
const LATEST = Date.UTC(2200, 0, 1)

async function byCopy(c: Asked, schedule: string | undefined, at: number) {
  const held = schedule ? await stubs.schedule(c.var.team, schedule).whoIsOnCall(at) : null
  if (!schedule || !held || 'refused' in held)
    throw new Problem('degraded', 'The database does not answer. Ask for one schedule by schedule_id, or try again in some seconds.', {
      retryAfter: 5,
    })
  return body(schedule, held.now, held.next)
}

const body = (schedule_id: string, now: OnCall | null, next: Handoff | null): WhoBody[number] => ({
  schedule_id,
  user_id: now?.user ?? null,
  since: isoOrNull(now?.since),
  until: isoOrNull(now?.until),
  reason: now?.reason ?? null,
  layer: now?.layer ?? null,
  next: next && { at: iso(next.at), user_id: next.to },
})
