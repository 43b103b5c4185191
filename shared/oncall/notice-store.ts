import type { Db } from '../db.ts'
import { poke } from '../outbox.ts'

/** Puts notices into the outbox as mail that is made when it is sent: `handoff:<schedule>:<start>:<user>`, `weekly:<schedule>:<monday>`. */
export async function tellLater(
  db: Db,
  team: string,
  schedule: string,
  due: { handoffs: { user: string; from: number }[]; weekly: number | null },
  at: number,
): Promise<void> {
  const pokes = [
    ...due.handoffs.map(({ user, from }) => poke(db, team, 'mail', `handoff:${schedule}:${from}:${user}`, at)),
    ...(due.weekly === null ? [] : [poke(db, team, 'mail', `weekly:${schedule}:${due.weekly}`, at)]),
  ]
  const [first, ...rest] = pokes
  if (first) await db.batch([first, ...rest])
}
