import type { Refused } from '../../durable-objects/incidents-deciding.ts'
import type { IncidentView } from '../../durable-objects/incidents-reading.ts'
import { stubs } from '../../durable-objects/stubs.ts'
import { newId } from '../../shared/ids.ts'
import type { Severity } from '../../shared/incidents/incident.ts'
import * as wire from '../../shared/incidents/schema.ts'
import { listIncidents, median, namesOf, timesOf } from '../../shared/incidents/store.ts'
import { eventBody, headBody, incidentBody, pageBody, pagingTimes, peopleOf, receiptOf } from '../../shared/incidents/wire.ts'
import { signReceipt } from '../../shared/notify/sign.ts'
import { getPolicy } from '../../shared/oncall/store.ts'
import { pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { ring } from '../../shared/seal.ts'
import { DAY, iso } from '../../shared/time.ts'
import { type Asked, can, door, idOf, says, takes } from './door.ts'
import { onceKey } from './once-key.ts'

const one = (summary: string) => says(summary, wire.IncidentDetail)
const MTTA_DAYS = 90
const PAGING_DAYS = 30

/** `/api/incidents`: what is broken, who has it. Lists come from D1; everything about one incident from its team's object. */
export const incidents = door()
  .get('/', says('List incidents', wire.IncidentList), can('incidents:read'), takes('query', wire.ListIncidents), async (c) => {
    const query = c.req.valid('query')
    const { rows, total } = await listIncidents(c.var.db, c.var.team, query, c.var.person)
    const names = await namesOf(c.var.db, c.var.team, peopleOf(rows.flatMap((h) => [h.acknowledged_by, h.resolved_by])))
    return c.json({ data: rows.map((h) => headBody(h, names)), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/', says('Declare an incident', wire.IncidentDetail, 201), can('incidents:write'), takes('json', wire.Declare), async (c) => {
    const { title, description, severity, service_id, policy_id, notify } = c.req.valid('json')
    if (policy_id && !(await getPolicy(c.var.db, c.var.team, policy_id)))
      throw new Problem('invalid', 'Name a policy of this team, or leave policy_id out to use the default one.', {
        errors: [{ path: 'policy_id', code: 'unknown', message: 'This team has no policy with this id.' }],
      })
    const declaration = {
      id: newId(),
      title,
      description: description || null,
      severity: severity.toLowerCase() as Severity,
      serviceId: service_id ?? null,
      policyId: policy_id ?? null,
      notify,
    }
    const made = await object(c).declare(c.var.team, declaration, c.var.actor, await onceKey(c))
    if ('incident' in made && made.incident.id !== declaration.id) c.header('idempotent-replayed', 'true')
    return c.json(await answer(c, made), 201)
  })
  .get(
    '/metrics/mtta-mttr',
    says('How fast incidents are acknowledged and resolved', wire.Mtta),
    can('incidents:read'),
    takes('query', wire.MttaQuery),
    async (c) => {
      const query = c.req.valid('query')
      const to = query.to ? Date.parse(query.to) : Date.now()
      const from = query.from ? Date.parse(query.from) : to - MTTA_DAYS * DAY
      const { incidents: n, toAcknowledge, toResolve } = await timesOf(c.var.db, c.var.team, from, to)
      return c.json({
        from: iso(from),
        to: iso(to),
        incidents: n,
        acknowledged: toAcknowledge.length,
        resolved: toResolve.length,
        median_time_to_acknowledge: median(toAcknowledge),
        median_time_to_resolve: median(toResolve),
      })
    },
  )
  .get(
    '/metrics/paging',
    says('How long the first page of an incident takes to leave', wire.PagingTimes),
    can('incidents:read'),
    takes('query', wire.MttaQuery),
    async (c) => {
      const query = c.req.valid('query')
      const to = query.to ? Date.parse(query.to) : Date.now()
      const from = query.from ? Date.parse(query.from) : to - PAGING_DAYS * DAY
      return c.json(pagingTimes(from, to, await object(c).departures(from, to)))
    },
  )
  .get('/:id', one('One incident'), can('incidents:read'), async (c) => c.json(await answer(c, (await object(c).get(idOf(c))) ?? gone)))
  .on(['PATCH', 'POST'], '/:id/acknowledge', one('Acknowledge: somebody has it'), can('incidents:write'), async (c) =>
    c.json(await answer(c, await object(c).acknowledge(idOf(c), c.var.actor))),
  )
  .on(['PATCH', 'POST'], '/:id/resolve', one('Resolve: it is over'), can('incidents:write'), async (c) =>
    c.json(await answer(c, await object(c).resolve(idOf(c), c.var.actor))),
  )
  .post('/:id/reopen', one('Reopen, within a day; paging begins again'), can('incidents:write'), async (c) =>
    c.json(await answer(c, await object(c).reopen(idOf(c), c.var.actor))),
  )
  .post('/:id/escalate', one('Page the next step, or somebody, now'), can('incidents:write'), takes('json', wire.Escalate), async (c) => {
    const { target } = c.req.valid('json')
    if (target?.type === 'user' && !target.id)
      throw new Problem('invalid', 'Name the person to page.', {
        errors: [{ path: 'target.id', code: 'required', message: 'A user needs an id.' }],
      })
    const people = target && { people: target.type === 'team' ? ('everybody' as const) : [target.id!] }
    return c.json(await answer(c, await object(c).escalate(idOf(c), c.var.actor, people ?? null)))
  })
  .get('/:id/timeline', says('What happened, oldest first', wire.Timeline), can('incidents:read'), async (c) => {
    const events = (await object(c).timeline(idOf(c))) ?? notFound()
    const names = await namesOf(c.var.db, c.var.team, peopleOf(events.map((e) => e.by)))
    return c.json(events.map((e) => eventBody(e, names)))
  })
  .post(
    '/:id/timeline-event',
    says('Add a note', wire.TimelineBody, 201),
    can('incidents:write'),
    takes('json', wire.AddEvent),
    async (c) => {
      const id = idOf(c)
      await answer(c, await object(c).addEvent(id, c.req.valid('json').text, c.var.actor))
      const note = (await object(c).timeline(id))?.findLast((e) => e.type === 'note') ?? notFound()
      return c.json(eventBody(note, await namesOf(c.var.db, c.var.team, peopleOf([note.by]))), 201)
    },
  )
  .get('/:id/pages', says('Who was paged, with signed receipts', wire.Pages), can('incidents:read'), async (c) => {
    const [id, at, keys] = [idOf(c), Date.now(), ring(c.env.SECRET_KEYS)]
    const pages = ((await object(c).pages(id)) ?? notFound()).map(pageBody)
    return c.json(await Promise.all(pages.map(async (p) => ({ ...p, signed: await signReceipt(keys, receiptOf(c.var.team, id, p, at)) }))))
  })

const object = (c: Asked) => stubs.incidents(c.var.team)

async function answer(c: Asked, made: IncidentView | Refused) {
  if ('refused' in made) throw refusal(made.refused)
  const { incident, next } = made
  const names = await namesOf(c.var.db, c.var.team, peopleOf([incident.acknowledgedBy, incident.resolvedBy]))
  return incidentBody(incident, next, names)
}

const gone: Refused = { refused: 'not-found' }
const notFound = (): never => {
  throw refusal('not-found')
}

/** What to do about a refusal. */
const refusals: Record<Refused['refused'], ConstructorParameters<typeof Problem>> = {
  'not-found': ['not-found', 'This team has no incident with this id.'],
  'already-acknowledged': ['conflict', 'Somebody already acknowledged this incident. Read it to see who.'],
  'already-resolved': ['conflict', 'This incident is already resolved. Reopen it if it is not over.'],
  'not-resolved': ['conflict', 'This incident is not resolved, so there is nothing to reopen.'],
  'other-open': ['conflict', 'This monitor has another open incident. Work on that one.'],
  'too-late': ['conflict', 'Incidents can be reopened for 24 hours. Declare a new one.'],
  'no-further-step': ['conflict', 'The policy has no further step. Name a target to page somebody else.'],
  nobody: ['invalid', 'Nobody of this team who can be reached has this id. GET /api/auth/members lists user_id.'],
  'key-reused': ['idempotency-key-reused', 'This Idempotency-Key was used with another body. Use a new key for a new request.'],
}
const refusal = (why: Refused['refused']) => new Problem(...refusals[why])
