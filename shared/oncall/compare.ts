import type { ScheduleDefinition } from './definition.ts'
import { finalPieces } from './pieces.ts'

/** When another person is on call than before, [from, until) in epoch ms; null is nobody. */
export type Difference = { from: number; until: number; before: string | null; after: string | null }

/** What a change of a schedule does to who is on call in [from, to), in order; neighbours of the same two people are one. */
export function differences(before: ScheduleDefinition, after: ScheduleDefinition, from: number, to: number): Difference[] {
  const [old, next] = [finalPieces(before, from, to), finalPieces(after, from, to)]
  const edges = [...new Set([from, to, ...[...old, ...next].flatMap((p) => [p.from, p.until])])].sort((a, b) => a - b)
  const [was, is] = [walker(old), walker(next)]
  const out: Difference[] = []
  for (const [i, at] of edges.slice(0, -1).entries()) {
    const [b, a, until] = [was(at), is(at), edges[i + 1]!]
    const last = out.at(-1)
    if (b === a) continue
    if (last?.until === at && last.before === b && last.after === a) last.until = until
    else out.push({ from: at, until, before: b, after: a })
  }
  return out
}

/** Who has it, asked for instants that only go forward. */
function walker(pieces: readonly { user: string; from: number; until: number }[]) {
  let i = 0
  return (at: number): string | null => {
    while (pieces[i] && pieces[i]!.until <= at) i++
    return pieces[i] && pieces[i]!.from <= at ? pieces[i]!.user : null
  }
}
