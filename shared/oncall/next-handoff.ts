import { DAY } from '../time.ts'
import type { Layer, ScheduleDefinition, Version } from './definition.ts'
import { finalPieces } from './pieces.ts'
import { openTimes } from './restrictions.ts'
import { handoffs, periodAt } from './rotation.ts'

/** From one person to another, into a gap (`to` null) or out of one (`from` null). Epoch ms. */
export type Handoff = { at: number; from: string | null; to: string | null }

/** Edges that are followed while none of them changes anything: a year of office hours on two layers, 19 years of weekly turns. */
const EDGES_MAX = 1000
/** Windows repeat each week; one that falls into a skipped hour is missing in that week. */
const LOOK = 8 * DAY

/**
 * When somebody else is on call than at `at`, or nobody any more, or somebody at last. Exact however far away: it goes from edge to edge
 * of turns, windows, overrides and versions. Null when nothing can change, or nothing does over 1,000 edges.
 */
export function nextHandoff(def: ScheduleDefinition, at: number): Handoff | null {
  const who = (when: number) => finalPieces(def, when, when + 1)[0]?.user ?? null
  const now = who(at)
  let reached: number | null = at
  for (let n = 0; n < EDGES_MAX; n++) {
    reached = nextEdge(def, reached)
    if (reached === null) return null
    const then = who(reached)
    if (then !== now) return { at: reached, from: now, to: then }
  }
  return null
}

/** The next instant after `at` at which anything may begin or end. */
function nextEdge(def: ScheduleDefinition, at: number): number | null {
  const i = Math.max(
    0,
    def.versions.findLastIndex((v) => v.from <= at),
  )
  const version = def.versions[i]!
  const next = def.versions[i + 1]?.from
  const edges = [
    ...(next === undefined ? [] : [next]),
    ...def.overrides.flatMap((o) => [o.from, o.until]),
    ...visible(def, version, at).flatMap((layer) => edgesOf(layer, version, at)),
  ].filter((edge) => edge > at)
  return edges.length ? Math.min(...edges) : null
}

/**
 * Layers that can change anything: not those beneath one that always has somebody, nor those right above it that have nobody but the one
 * person whom it always has: a schedule of one person and their office hours would be followed for years. An override may be of one
 * layer only, so while one is to come all count.
 */
function visible(def: ScheduleDefinition, { layers }: Version, at: number): readonly Layer[] {
  if (def.overrides.some((o) => o.until > at)) return layers
  const base = layers.findLastIndex(
    (l) => !l.events && !l.restrictions.length && !hasEnded(l, at) && at >= l.rotation.start && l.rotation.end === null,
  )
  if (base < 0) return layers
  const [bottom, ...above] = layers.slice(base) as [Layer, ...Layer[]]
  const { participants } = bottom.rotation
  const only = participants.every((p) => p === participants[0]) ? participants[0] : undefined
  const same = (l: Layer) =>
    only !== undefined && (l.events ?? []).every((e) => e.user === only) && l.rotation.participants.every((p) => p === only)
  const first = above.findIndex((l) => !same(l))
  return first < 0 ? [bottom] : [bottom, ...above.slice(first)]
}

/** A layer of nobody, or whose rotation is over. */
const hasEnded = ({ rotation: r }: Layer, at: number): boolean => !r.participants.length || (r.end !== null && r.end <= at)

/** Of one layer: where it begins or ends, hands off, opens or closes. */
function edgesOf(layer: Layer, { zone }: Version, at: number): number[] {
  const { rotation: r, events, restrictions } = layer
  const own = events ? events.flatMap((e) => [e.from, e.until]) : turnsOf(r, zone, at)
  const over = !own.some((edge) => edge > at) && (events !== undefined || hasEnded(layer, at))
  if (over || !restrictions.length) return own
  const open = openTimes(restrictions, zone, at, at + LOOK)
  const always = open[0] && open[0].from <= at && open[0].until >= at + LOOK
  return always ? own : [...own, ...open.flatMap((o) => [o.from, o.until]).filter((edge) => edge < at + LOOK), at + LOOK]
}

function turnsOf(r: Layer['rotation'], zone: string, at: number): number[] {
  if (!r.participants.length || (r.end !== null && r.end <= at)) return []
  const end = r.end === null ? [] : [r.end]
  if (at < r.start) return [r.start, ...end]
  const alone = r.participants.every((p) => p === r.participants[0])
  if (alone) return end
  const handoff = handoffs(r, zone)
  return [handoff(periodAt(r, zone, at, handoff) + 1), ...end]
}
