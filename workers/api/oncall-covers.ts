import { namesOf } from '../../shared/incidents/store.ts'
import { unavailability } from '../../shared/oncall/calendar-store.ts'
import { type Proposal, proposals } from '../../shared/oncall/cover.ts'
import { acceptCover } from '../../shared/oncall/cover-accept.ts'
import { CoverAccept, CoverAnswer, CoverBody, CoverInput, CoverList, ListCovers } from '../../shared/oncall/cover-schema.ts'
import { cancelCover, declineCover, getCover, listCovers, newCover, openTwin } from '../../shared/oncall/cover-store.ts'
import { membersOf } from '../../shared/oncall/schedule-store.ts'
import type { CoverRow } from '../../shared/oncall/schedule-table.ts'
import { shiftId } from '../../shared/oncall/shift-id.ts'
import { pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { DAY, iso, isoOrNull } from '../../shared/time.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'
import { definitions, invalid, mustBeMembers, mustNotBePast, shiftById, tellObjects } from './oncall-asking.ts'

const read = can('oncall:read')
const write = can('oncall:write')
const [accepts, declines, cancels] = [
  says('Take over, all of it or a part: the first who accepts has it', CoverBody),
  says('Say no to a request one was asked for', CoverBody),
  says('Take a request back, and the cover that came of it', CoverBody),
]

/** `/api/oncall/cover-requests`. WIRE "On-call". */
export const oncallCovers = door()
  .get('/', says('List cover requests, pending first', CoverList), read, takes('query', ListCovers), async (c) => {
    const query = c.req.valid('query')
    const asked = { statuses: query.status ? [query.status] : [], schedule: query.schedule_id }
    const { rows, total } = await listCovers(c.var.db, c.var.team, asked, query)
    return c.json({ data: rows.map((row) => coverBody(row, [])), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/', says('Ask to be covered, or for somebody', CoverBody, 201), write, takes('json', CoverInput), (c) =>
    once(c, async (also) => {
      const input = c.req.valid('json')
      const { typed, ranked } = await asked(c, input, Date.now())
      if (await openTwin(c.var.db, c.var.team, typed))
        throw new Problem('conflict', 'Somebody has asked for this time already. GET /api/oncall/cover-requests?status=pending lists it.')
      const { row, statements } = newCover(c.var.db, c.var.team, typed, Date.now(), input.proposed_to !== undefined)
      const answer = coverBody(row, ranked)
      await c.var.db.batch([...statements, ...also(answer)])
      tellObjects(c)
      return answer
    }),
  )
  .get('/:id', says('One cover request, and how everybody stands to it', CoverBody), read, async (c) =>
    c.json(await body(c, await coverOr404(c))),
  )
  .patch('/:id/accept', accepts, write, takes('json', CoverAccept), (c) => accept(c, c.req.valid('json')))
  .post('/:id/accept', accepts, write, takes('json', CoverAccept), (c) => accept(c, c.req.valid('json')))
  .patch('/:id/decline', declines, write, takes('json', CoverAnswer), (c) => decline(c, c.req.valid('json')))
  .post('/:id/decline', declines, write, takes('json', CoverAnswer), (c) => decline(c, c.req.valid('json')))
  .patch('/:id/cancel', cancels, write, (c) => cancel(c))
  .post('/:id/cancel', cancels, write, (c) => cancel(c))

type Answer = { user_id?: string | undefined }

async function accept(c: Asked, { user_id, from, to }: CoverAccept) {
  const row = await coverOr404(c)
  if (row.status !== 'pending') throw await decided(c, row)
  const by = user_id ?? c.var.person
  const part = from || to ? { from: from ? Date.parse(from) : row.from_at, until: to ? Date.parse(to) : row.until_at } : null
  if (part && (part.from < row.from_at || part.until > row.until_at || part.from >= part.until))
    throw invalid('from', 'invalid', 'Name a part of the time that is asked for.')
  await mustBeMembers(c, [{ path: 'user_id', id: by }])
  if (by === row.user_id) throw new Problem('conflict', 'This is the shift of the same person. Cancel the request instead.')
  if (!(await acceptCover(c.var.db, c.var.team, row, { by, part }, Date.now()))) throw await decided(c, row)
  tellObjects(c)
  return c.json(await body(c, await coverOr404(c)))
}

async function decline(c: Asked, { user_id }: Answer) {
  const row = await coverOr404(c)
  if (!(await declineCover(c.var.db, c.var.team, row.id, user_id ?? c.var.person, Date.now()))) throw await decided(c, row)
  return c.json(await body(c, await coverOr404(c)))
}

async function cancel(c: Asked) {
  const row = await coverOr404(c)
  if (!(await cancelCover(c.var.db, c.var.team, row, Date.now()))) throw await decided(c, row)
  tellObjects(c)
  return c.json(await body(c, await coverOr404(c)))
}

/** Why an answer came too late, by what the row says now. */
async function decided(c: Asked, { id, updated_at }: CoverRow): Promise<Problem> {
  const now = await getCover(c.var.db, c.var.team, id)
  if (now?.status === 'accepted') {
    const names = await namesOf(c.var.db, c.var.team, now.covered_by ? [now.covered_by] : [])
    return new Problem('conflict', `${names.get(now.covered_by ?? '') ?? 'Somebody'} has taken this already.`)
  }
  if (now?.status !== 'pending') return new Problem('conflict', 'This request is no longer open.')
  if (now.updated_at !== updated_at) return new Problem('conflict', 'The shift was moved meanwhile. Read the request again.')
  return now.until_at <= Date.now()
    ? new Problem('conflict', 'This time is over.')
    : new Problem('conflict', 'This person was not asked, or has declined already.')
}

/** What somebody asks for, as it will be kept, with everybody ranked. */
async function asked(c: Asked, input: CoverInput, at: number) {
  const { def, shift } = await shiftById(c, input.shift_id, 'shift_id')
  if (shift.until <= at) throw invalid('shift_id', 'past', 'This shift is over.')
  const owner = input.on_behalf_of ?? c.var.person
  if (shift.user !== owner)
    throw invalid(input.on_behalf_of ? 'on_behalf_of' : 'shift_id', 'invalid', 'This is not their shift. Say whose it is in on_behalf_of.')
  const from = input.from ? Date.parse(input.from) : Math.max(shift.from, at)
  const until = input.to ? Date.parse(input.to) : shift.until
  if (input.from) mustNotBePast(from, at, 'from')
  if (from < shift.from || until > shift.until || from >= until) throw invalid('from', 'invalid', 'Name a part of the shift.')
  const ranked = await rank(c, { user_id: owner, from_at: from, until_at: until }, at)
  const { proposed_to: proposed } = input
  await mustBeMembers(c, proposed?.map((who, i) => ({ path: `proposed_to.${i}`, id: who })) ?? [])
  if (proposed?.includes(owner)) throw invalid('proposed_to', 'invalid', 'This is their own shift. Propose it to somebody else.')
  const free = (p: Proposal) => p.conflict === null || p.conflict === 'same-day'
  const potential_covers = ranked.filter((p) => (proposed ? proposed.includes(p.user) : free(p))).map((p) => p.user)
  const typed = {
    schedule_id: def.id, layer: shift.layer, shift_start: shift.from, shift_end: shift.until, user_id: owner, requester_id: c.var.person,
    from_at: from, until_at: until, reason: input.reason ?? null,
    potential_covers: potential_covers.slice(0, 50),
  } // biome-ignore format: a row
  return { typed, ranked }
}

async function rank(c: Asked, cover: Pick<CoverRow, 'user_id' | 'from_at' | 'until_at'>, at: number): Promise<Proposal[]> {
  const { db, team } = c.var
  const [people, away, defs] = await Promise.all([
    membersOf(db, team),
    unavailability(db, team),
    definitions(c, undefined, at - 91 * DAY, cover.until_at + 2 * DAY),
  ])
  const candidates = people
    .filter((p) => p.id !== cover.user_id)
    .map((p) => ({ user: p.id, zone: p.zone, unavailable: away.get(p.id) ?? [] }))
  return proposals(defs, candidates, { from: cover.from_at, until: cover.until_at }, at)
}

async function coverOr404(c: Asked): Promise<CoverRow> {
  const row = await getCover(c.var.db, c.var.team, idOf(c))
  if (!row) throw new Problem('not-found', 'This team has no cover request with this id.')
  return row
}

const body = async (c: Asked, row: CoverRow) => coverBody(row, row.status === 'pending' ? await rank(c, row, Date.now()) : [])

function coverBody(row: Omit<CoverRow, 'number'>, ranked: Proposal[]): CoverBody {
  return {
    id: row.id,
    schedule_id: row.schedule_id,
    shift_id: shiftId(row.schedule_id, row.layer, row.shift_start),
    layer: row.layer,
    user_id: row.user_id,
    requester_id: row.requester_id,
    from: iso(row.from_at),
    to: iso(row.until_at),
    reason: row.reason,
    status: row.status.toUpperCase() as CoverBody['status'],
    potential_covers: row.potential_covers,
    covered_by: row.covered_by,
    decided_at: isoOrNull(row.decided_at),
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
    proposals: ranked.map((p) => ({
      user_id: p.user,
      conflict: p.conflict,
      declined: row.declined_by.includes(p.user),
      carried_seconds: p.carried.seconds,
      carried_night_seconds: p.carried.nightSeconds,
      carried_weekend_seconds: p.carried.weekendSeconds,
      night_seconds: p.nightSeconds,
      rested_seconds: p.restedSeconds,
    })),
  }
}
