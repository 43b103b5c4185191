import type { Intent, Observation } from '../shared/incidents/intent.ts'
import type { Held } from '../shared/uptime/watch.ts'

export const shardLadder = [
  `CREATE TABLE held (id TEXT PRIMARY KEY, team TEXT NOT NULL, json TEXT NOT NULL) STRICT;
   CREATE TABLE calls (seq INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, monitor TEXT NOT NULL, json TEXT NOT NULL) STRICT;
   CREATE TABLE states (seq INTEGER PRIMARY KEY AUTOINCREMENT, row TEXT NOT NULL) STRICT;
   CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`,
]

/** What Incidents must hear of, in the order of `seq` per monitor. */
export type Call = { seq: number; team: string; monitor: string } & ({ open: Intent } | { observe: Observation })
export type NewCall = { open: Intent } | { observe: Observation }

/** A MonitorShard's storage. Nothing here decides. */
export class ShardRows {
  private readonly sql: SqlStorage
  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  all = (): Held[] =>
    this.sql
      .exec<{ json: string }>('SELECT json FROM held')
      .toArray()
      .map((r) => JSON.parse(r.json))
  save(h: Held): void {
    const { id, team } = h.monitor
    this.sql.exec('INSERT OR REPLACE INTO held (id, team, json) VALUES (?, ?, ?)', id, team, JSON.stringify(h))
  }
  drop(id: string): void {
    this.sql.exec('DELETE FROM held WHERE id = ?', id)
  }

  calls = (): Call[] =>
    this.sql
      .exec<{ seq: number; team: string; monitor: string; json: string }>('SELECT seq, team, monitor, json FROM calls ORDER BY seq')
      .toArray()
      .map(({ json, ...row }) => ({ ...row, ...(JSON.parse(json) as NewCall) }))
  addCall(team: string, monitor: string, call: NewCall): Call {
    const row = this.sql
      .exec<{ seq: number }>('INSERT INTO calls (team, monitor, json) VALUES (?, ?, ?) RETURNING seq', team, monitor, JSON.stringify(call))
      .one()
    return { seq: row.seq, team, monitor, ...call }
  }
  changeCall({ seq, team: _, monitor: __, ...call }: Call): void {
    this.sql.exec('UPDATE calls SET json = ? WHERE seq = ?', JSON.stringify(call), seq)
  }
  dropCall(seq: number): void {
    this.sql.exec('DELETE FROM calls WHERE seq = ?', seq)
  }

  addState(row: string): void {
    this.sql.exec('INSERT INTO states (row) VALUES (?)', row)
  }
  /** The oldest rows not yet accepted by the transport. */
  states = (max: number) => this.sql.exec<{ seq: number; row: string }>('SELECT seq, row FROM states ORDER BY seq LIMIT ?', max).toArray()
  dropStates(upTo: number): void {
    this.sql.exec('DELETE FROM states WHERE seq <= ?', upTo)
  }

  /** Everything of one team. */
  forget(team: string): void {
    this.sql.exec('DELETE FROM held WHERE team = ?', team)
    this.sql.exec('DELETE FROM calls WHERE team = ?', team)
    this.sql.exec("DELETE FROM states WHERE json_extract(row, '$.team') = ?", team)
  }

  meta = (key: string): string | null =>
    this.sql.exec<{ value: string }>('SELECT value FROM meta WHERE key = ?', key).toArray()[0]?.value ?? null
  setMeta(key: string, value: string): void {
    this.sql.exec('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', key, value)
  }
}
