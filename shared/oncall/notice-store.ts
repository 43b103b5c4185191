import type { Db } from '../db.ts'
import { poke } from '../outbox.ts'
import type { Due } from './notices.ts'

/** Puts notices into the outbox as mail that is made when it is sent: `handoff:<schedule>:<start>:<user>`, `weekly:<schedule>:<monday>:<user>`. */
export async function tellLater(
  db: Db,
  team: string,
  schedule: string,
  due: { handoffs: Due['handoffs']; weekly: Due['weekly'] },
  at: number,
): Promise<void> {
  const pokes = [
    ...due.handoffs.map(({ user, from }) => poke(db, team, 'mail', `handoff:${schedule}:${from}:${user}`, at)),
    ...(due.weekly?.users.map((user) => poke(db, team, 'mail', `weekly:${schedule}:${due.weekly!.monday}:${user}`, at)) ?? []),
  ]
  const [first, ...rest] = pokes
  if (first) await db.batch([first, ...rest])
}
