import type { ScheduleDefinition } from '../definition.ts'
import { nextHandoff } from '../next-handoff.ts'
import { finalPieces } from '../pieces.ts'
import { turns } from '../rotation.ts'
import { gaps, shifts, whoIsOnCall } from '../schedule.ts'
import { minutes, walk, wallAt } from './walk.ts'

const [MINUTE, DAY] = [60_000, 86_400_000]
const say = (at: number) => new Date(at).toISOString()

/** What is wrong with the answers about a schedule in the 20 h around a clock change, in words; null when nothing is. */
export function disagreement(def: ScheduleDefinition, change: number): string | null {
  const [from, to] = [change - 10 * 60 * MINUTE, change + 10 * 60 * MINUTE]
  const pieces = finalPieces(def, from, to)
  for (const [i, p] of pieces.entries()) {
    if (p.from >= p.until) return `an empty shift at ${say(p.from)}`
    if (i && p.from < pieces[i - 1]!.until) return `two shifts at ${say(p.from)}`
  }
  let n = 0
  const asked = new Set<number>()
  const first = { user: null as string | null, changed: null as number | null }
  for (const { at, user } of walk(def, from, to)) {
    if (at === from) first.user = user
    else if (user !== first.user) first.changed ??= at
    while (pieces[n] && pieces[n]!.until <= at) n++
    const ours = pieces[n] && pieces[n]!.from <= at ? pieces[n]!.user : null
    if (ours !== user) return `${say(at)}: ${ours} instead of ${user}`
    if (pieces[n]?.from === at || pieces[n]?.until === at + MINUTE || at % (720 * MINUTE) === 0) asked.add(at)
  }
  const next = nextHandoff(def, from)?.at ?? Number.POSITIVE_INFINITY
  if (first.changed === null ? next < to : next !== first.changed) return `after ${say(from)} the next handoff is said to be at ${next}`
  // three of them, spread: each asks for whole shifts, some of which are months long
  const step = Math.max(1, Math.ceil(asked.size / 3))
  return (
    [...asked]
      .filter((_, i) => i % step === 0)
      .map((at) => whole(def, at, pieces))
      .find((why) => why) ?? promised(def, from, to)
  )
}

/** One question about one instant fits the shifts and itself. */
function whole(def: ScheduleDefinition, at: number, pieces: ReturnType<typeof finalPieces>): string | null {
  const found = whoIsOnCall(def, at)
  const piece = pieces.find((p) => p.from <= at && p.until > at)
  if (piece && found?.user !== piece.user) return `${say(at)}: asked ${found?.user}, shifts say ${piece.user}`
  if (!found) return null
  if (found.since > at || found.until <= at) return `${say(at)} lies outside its shift`
  for (const [edge, which] of [
    [found.since, 'since'],
    [found.until - 1, 'until'],
  ] as const) {
    const there = whoIsOnCall(def, edge)
    if (!there || there.since !== found.since || there.until !== found.until) return `${say(at)}: ${which} depends on when one asks`
  }
  return null
}

/** Gaps and shifts share out the time, and every handoff is at the declared reading of the clock. */
function promised(def: ScheduleDefinition, from: number, to: number): string | null {
  const covered = shifts(def, from, to).reduce((sum, s) => sum + Math.min(s.until, to) - Math.max(s.from, from), 0)
  const open = gaps(def, from, to).reduce((sum, g) => sum + g.until - g.from, 0)
  if (covered + open !== to - from) return 'shifts and gaps do not add up'
  for (const { zone, layers } of def.versions)
    for (const { rotation } of layers) {
      if (rotation.type === 'custom' && (rotation.hours! * rotation.interval) % 24) continue
      const declared = wallAt(rotation.start, zone) % DAY
      for (const turn of turns(rotation, zone, from, to)) {
        if (turn.k === 0 || wallAt(turn.from, zone) % DAY === declared) continue
        // only right when the declared reading never comes: the clocks jump over it at this instant
        const [before, after] = [...minutes(zone, turn.from - MINUTE, turn.from + MINUTE)].map(([, wall]) => wall)
        const jumped = before! % DAY < declared || before! % DAY > after! % DAY
        if (after! - before! <= MINUTE || !jumped) return `handoff at ${say(turn.from)} is not at the declared time`
      }
    }
  return null
}
