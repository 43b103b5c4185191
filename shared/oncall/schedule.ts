import { DAY } from '../time.ts'
import type { ScheduleDefinition, Version } from './definition.ts'
import { finalPieces, joined, layerPieces, type Piece } from './pieces.ts'
import { merged, type Span, without } from './restrictions.ts'

export type { Layer, Override, ScheduleDefinition, Version } from './definition.ts'
export type { Piece } from './pieces.ts'

/** Instants in epoch ms, half-open. `layer` is a layer's id, or `override` where an override covers the whole schedule. */
export type OnCall = { user: string; since: number; until: number; reason: Piece['reason']; layer: string }

/** Who is on call at an instant, since when, until when and why; null in a gap. */
export function whoIsOnCall(def: ScheduleDefinition, at: number): OnCall | null {
  const piece = shifts(def, at, at + 1)[0]
  return piece ? { user: piece.user, since: piece.from, until: piece.until, reason: piece.reason, layer: piece.layer } : null
}

/**
 * The shifts that overlap [from, to), whole: one that began before `from` keeps its beginning. Of all layers and overrides together,
 * or of one layer by its id. The same person's time goes on as one shift until the next handoff. WIRE "On-call".
 */
export const shifts = (def: ScheduleDefinition, from: number, to: number, layer?: string): Piece[] =>
  whole((a, b) => (layer === undefined ? finalPieces(def, a, b) : layerPieces(def, layer, a, b)), from, to)

/** When nobody is on call in [from, to). */
export const gaps = (def: ScheduleDefinition, from: number, to: number): Span[] => without(merged(finalPieces(def, from, to)), from, to)

/** The version in force. */
export const versionAt = (def: ScheduleDefinition, at: number): Version => def.versions.findLast((v) => v.from <= at) ?? def.versions[0]!

/** Earlier and later than any time a schedule may name. */
const [EARLIEST, LATEST] = [Date.UTC(1970, 0, 1), Date.UTC(2200, 0, 1)]

/** What a timeline has in [from, to), its first and last piece with their true ends: looked for in growing steps. */
function whole(timeline: (from: number, to: number) => Piece[], from: number, to: number): Piece[] {
  let pieces = timeline(from, to)
  let [a, b] = [from, to]
  for (let step = DAY; pieces[0]?.from === a && a > EARLIEST; step *= 4) {
    pieces = joined([...timeline(a - step, a), ...pieces])
    a -= step
    pieces = pieces.filter((p) => p.until > from)
  }
  for (let step = DAY; pieces.at(-1)?.until === b && b < LATEST; step *= 4) {
    pieces = joined([...pieces, ...timeline(b, b + step)])
    b += step
    pieces = pieces.filter((p) => p.from < to)
  }
  return pieces
}
