import { stubs } from '../../durable-objects/stubs.ts'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { newId } from '../../shared/ids.ts'
import { Problem } from '../../shared/problem.ts'
import { DAY, iso, SECOND } from '../../shared/time.ts'
import { availabilityOf, dailyBars } from '../../shared/uptime/availability.ts'
import { readChecks, readStates, readSummaries, readTimes } from '../../shared/uptime/history.ts'
import {
  AvailabilityBody, Between, CheckFeed, DaysBody, DaysQuery, ListChecks, SeenBody, SummaryBody, SummaryQuery, TimesBody, TimesQuery,
} from '../../shared/uptime/history-schema.ts' // biome-ignore format: a list
import { typedOver } from '../../shared/uptime/monitor.ts'
import { places } from '../../shared/uptime/regions.ts'
import { NewMonitor } from '../../shared/uptime/schema.ts'
import { getMonitors } from '../../shared/uptime/store.ts'
import { specOf } from '../../shared/uptime/watch.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { type Asked, can, door, says, takes } from './door.ts'
import { monitorOr404, mustBeAllowed, seenBody, weHaveIt } from './uptime-asking.ts'

const read = can('uptime:read')
const write = can('uptime:write')

/** `/api/uptime/monitors`: what was seen, and looking now. */
export const history = door()
  .get('/summary', says('24 hours and 30 days of up to 250 monitors', SummaryBody), read, takes('query', SummaryQuery), async (c) => {
    const mine = await getMonitors(c.var.db, c.var.team, c.req.valid('query').ids)
    const ids = mine.map((row) => row.monitor.id)
    return c.json({ data: await readSummaries(warehouse(c), c.var.team, ids, Date.now()) })
  })
  .post(
    '/try',
    says('Check an address from every region without saving it', SeenBody),
    write,
    weHaveIt,
    takes('json', NewMonitor),
    async (c) => {
      const at = Date.now()
      const typed = mustBeAllowed(c, typedOver(null, c.req.valid('json'), at))
      const unsaved = { ...typed, id: newId(at), team: c.var.team, number: 0, shard: 0, created_at: at, updated_at: at, deleted_at: null }
      const results = await Promise.all(
        typed.regions.map((region) => stubs.probe(region, 0, places[region].hint).run([specOf(unsaved, typed, region, null)])),
      )
      return c.json({ results: results.flat().map(seenBody) })
    },
  )
  .get('/:id/checks', says('What each region saw, newest first', CheckFeed), read, takes('query', ListChecks), async (c) => {
    const { monitor } = await monitorOr404(c)
    const { per_page, ...query } = c.req.valid('query')
    const found = await readChecks(warehouse(c), c.var.team, monitor.id, { ...query, limit: per_page })
    if (!found) throw wrong('cursor', 'This cursor is not ours. Begin without one and follow pagination.next.')
    const next = new URL(c.req.url)
    next.searchParams.set('cursor', found.next ?? '')
    return c.json({ data: found.data, pagination: { next: found.next && next.href } })
  })
  .get('/:id/availability', says('Up and down in observed time', AvailabilityBody), read, takes('query', Between), async (c) => {
    const { monitor } = await monitorOr404(c)
    const { from, to } = between(c.req.valid('query'), 30 * DAY, Date.now())
    const states = (await readStates(warehouse(c), c.var.team, [monitor.id], from, to)).get(monitor.id) ?? []
    return c.json({ from: iso(from), to: iso(to), ...availabilityOf(states, from, to) })
  })
  .get('/:id/days', says('Availability of each day', DaysBody), read, takes('query', DaysQuery), async (c) => {
    const { monitor } = await monitorOr404(c)
    const { days, timezone } = c.req.valid('query')
    const to = Date.now()
    const states = (await readStates(warehouse(c), c.var.team, [monitor.id], to - days * DAY, to)).get(monitor.id) ?? []
    return c.json({ data: dailyBars(states, to - (days - 1) * DAY, to, timezone).slice(-days) })
  })
  .get('/:id/response-times', says('Response times by region', TimesBody), read, takes('query', TimesQuery), async (c) => {
    const { monitor } = await monitorOr404(c)
    const query = c.req.valid('query')
    const { from, to } = between(query, DAY, Date.now())
    const step = query.step ?? Math.max(10, Math.ceil((to - from) / SECOND / POINTS))
    if ((to - from) / SECOND / step > POINTS_MAX) throw wrong('step', `Ask for at most ${POINTS_MAX} steps: a longer step or less time.`)
    const series = await readTimes(warehouse(c), c.var.team, monitor.id, from, to, step)
    return c.json({ from: iso(from), to: iso(to), step, series })
  })
  .post('/:id/check-now', says('Check from every region now', SeenBody), write, async (c) => {
    const { monitor } = await monitorOr404(c)
    const shard = stubs.monitorShard(monitor.shard)
    let seen = await shard.checkNow(c.var.team, monitor.id)
    if (!seen) {
      // created a moment ago: its shard has not read it yet
      await shard.poke({ team: c.var.team, monitor: monitor.id })
      seen = await shard.checkNow(c.var.team, monitor.id)
    }
    if (!seen) throw new Problem('degraded', 'This monitor is being moved. Try again in a moment.', { retryAfter: 2 })
    return c.json({ results: seen.map(seenBody) })
  })

const POINTS = 240
const POINTS_MAX = 2000
const warehouse = (c: Asked) => clickhouse(clickhouseOf(c.env))

/** `[from, to)`, the last `lengthMs` when not said; nothing is known of the future. */
function between(
  query: { from?: number | undefined; to?: number | undefined },
  lengthMs: number,
  at: number,
): { from: number; to: number } {
  const to = Math.min(query.to ?? at, at)
  const from = query.from ?? to - lengthMs
  if (from >= to) throw wrong('from', 'The beginning must lie before the end, and not in the future.')
  if (to - from > 400 * DAY) throw wrong('from', 'Ask for at most 400 days.')
  return { from, to }
}
const wrong = (path: string, message: string) =>
  new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', {
    errors: [{ path, code: 'invalid', message }],
  })
