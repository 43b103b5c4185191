import type { Db } from '../db.ts'
import { poke } from '../outbox.ts'

/** The statements that objects' copies need beside every change to a schedule: its own, and the team's for who pages. */
export const tell = (db: Db, team: string, schedule: string, at: number) =>
  [poke(db, team, 'schedule', schedule, at), poke(db, team, 'team', team, at)] as const
