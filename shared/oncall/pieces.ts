import type { Layer, Override, ScheduleDefinition } from './definition.ts'
import { openTimes } from './restrictions.ts'
import { turns } from './rotation.ts'

/**
 * Somebody's time, [from, until) in epoch ms. `layer` is the id of the layer, or `override` for one that covers the whole schedule;
 * `turn` the handoff that began their turn; `override` the id of what put them there, if not the layer itself.
 */
export type Piece = {
  user: string
  from: number
  until: number
  layer: string
  turn: number
  reason: 'layer' | 'override' | 'cover'
  override: string | null
}

/** The layer id of shifts that an override of the whole schedule makes. */
export const WHOLE = 'override'

/** Who a layer has in [from, to), cut at its edges. `layer` is an id; a change of the schedule in between is followed. */
export const layerPieces = (def: ScheduleDefinition, layer: string, from: number, to: number): Piece[] =>
  joined(
    versionsIn(def, from, to).flatMap(({ layers, zone, from, to }) => {
      const found = layers.find((l) => l.id === layer)
      return found ? piecesOf(found, zone, from, to) : []
    }),
  )

/** Who is really on call in [from, to), cut at its edges: each layer over those before it, overrides on top in the order they were made. */
export function finalPieces(def: ScheduleDefinition, from: number, to: number): Piece[] {
  const layered = versionsIn(def, from, to).flatMap(({ layers, zone, from, to }) =>
    layers.reduce<Piece[]>((under, layer) => overlay(under, piecesOf(layer, zone, from, to)), []),
  )
  return joined(def.overrides.reduce((under, override) => lay(under, override, from, to), joined(layered)))
}

function* within(def: ScheduleDefinition, from: number, to: number) {
  for (const [i, version] of def.versions.entries()) {
    const next = def.versions[i + 1]?.from ?? Number.POSITIVE_INFINITY
    const [a, b] = [i === 0 ? from : Math.max(from, version.from), Math.min(to, next)]
    if (a < b) yield { ...version, from: a, to: b }
  }
}
const versionsIn = (def: ScheduleDefinition, from: number, to: number) => [...within(def, from, to)]

function piecesOf(layer: Layer, zone: string, from: number, to: number): Piece[] {
  const open = openTimes(layer.restrictions, zone, from, to)
  const out: Piece[] = []
  let first = 0
  const held = layer.events ? layer.events.filter((e) => e.until > from && e.from < to) : turns(layer.rotation, zone, from, to)
  for (const turn of held) {
    while (first < open.length && open[first]!.until <= turn.from) first++
    for (let i = first; i < open.length && open[i]!.from < turn.until; i++) {
      const [a, b] = [Math.max(turn.from, open[i]!.from, from), Math.min(turn.until, open[i]!.until, to)]
      if (a < b) out.push({ user: turn.user, from: a, until: b, layer: layer.id, turn: turn.from, reason: 'layer', override: null })
    }
  }
  return out
}

/** `over` wherever it has someone, `under` elsewhere. Both in order, without overlaps; so is the answer. */
function overlay(under: Piece[], over: Piece[]): Piece[] {
  if (!under.length || !over.length) return under.length ? under : over
  const out: Piece[] = []
  let first = 0
  for (const piece of under) {
    while (first < over.length && over[first]!.until <= piece.from) first++
    let at = piece.from
    for (let i = first; i < over.length && over[i]!.from < piece.until; i++) {
      if (over[i]!.from > at) out.push({ ...piece, from: at, until: over[i]!.from })
      at = Math.max(at, over[i]!.until)
    }
    if (at < piece.until) out.push({ ...piece, from: at })
  }
  return [...out, ...over].sort((a, b) => a.from - b.from)
}

/** One override over what stands: over everybody and over gaps, or only over one person's time (in one layer, when it names one). */
function lay(under: Piece[], o: Override, from: number, to: number): Piece[] {
  const [a, b] = [Math.max(o.from, from), Math.min(o.until, to)]
  if (a >= b) return under
  const by = { user: o.user, reason: o.reason, override: o.id }
  if (o.replaces === null) return overlay(under, [{ ...by, from: a, until: b, layer: WHOLE, turn: o.from }])
  const theirs = under.filter((p) => p.user === o.replaces && (o.layer === null || p.layer === o.layer) && p.until > a && p.from < b)
  return overlay(
    under,
    theirs.map((p) => ({ ...p, ...by, from: Math.max(p.from, a), until: Math.min(p.until, b) })),
  )
}

/** Neighbours as one where the same person goes on in the same layer, by the same right, without a handoff between. */
export function joined(pieces: Piece[]): Piece[] {
  const out: Piece[] = []
  for (const p of pieces) {
    const before = out.at(-1)
    const goesOn =
      before?.until === p.from &&
      before.user === p.user &&
      before.layer === p.layer &&
      before.turn === p.turn &&
      before.override === p.override
    if (goesOn) before.until = p.until
    else out.push({ ...p })
  }
  return out
}
