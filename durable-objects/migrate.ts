/**
 * Brings an object's storage up the numbered ladder of its class: each step once, forward only, called in the constructor
 * before anything else. Steps are append-only after a release; a step may hold several statements. No await lies between
 * them, so the platform writes a step and its number together.
 */
export function migrate(sql: SqlStorage, ladder: readonly string[]): void {
  sql.exec('CREATE TABLE IF NOT EXISTS ladder (step INTEGER PRIMARY KEY) STRICT')
  const done = sql.exec<{ n: number | null }>('SELECT max(step) AS n FROM ladder').one().n ?? 0
  for (const [i, statements] of ladder.entries()) {
    if (i < done) continue
    sql.exec(statements)
    sql.exec('INSERT INTO ladder (step) VALUES (?)', i + 1)
  }
}
