import type { Baseline } from '../shared/metrics/alerts/anomaly.ts'
import type { Call, Open, Reporting } from '../shared/metrics/alerts/effects.ts'
import { type AlertState, newState } from '../shared/metrics/alerts/evaluate.ts'
import type { Notice } from '../shared/metrics/alerts/notices.ts'
import type { Rule } from '../shared/metrics/alerts/rule.ts'
import type { Point } from '../shared/metrics/alerts/series.ts'
import type { AlertHead } from '../shared/metrics/alerts/table.ts'
import type { GroupDoc } from '../shared/metrics/rules/schema.ts'

/** The object's storage, step by step. Documents are JSON with `v`; columns beside them are what is searched for. */
export const alertsLadder = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
   CREATE TABLE units (id TEXT PRIMARY KEY, doc TEXT NOT NULL, evaluated INTEGER, next_at INTEGER NOT NULL) STRICT;
   CREATE INDEX units_due ON units (next_at);
   CREATE TABLE rules (id TEXT PRIMARY KEY, unit TEXT NOT NULL, doc TEXT NOT NULL, state TEXT NOT NULL, open TEXT NOT NULL, head TEXT NOT NULL,
     head_due INTEGER NOT NULL DEFAULT 0) STRICT;
   CREATE INDEX rules_of ON rules (unit);
   CREATE INDEX rules_heads ON rules (head_due) WHERE head_due = 1;
   CREATE TABLE calls (seq INTEGER PRIMARY KEY, rule TEXT NOT NULL, doc TEXT NOT NULL) STRICT;
   CREATE TABLE intents (id TEXT PRIMARY KEY, incident TEXT NOT NULL) STRICT;
   CREATE TABLE transitions (seq INTEGER PRIMARY KEY, intent TEXT, at INTEGER NOT NULL, doc TEXT NOT NULL) STRICT;
   CREATE TABLE baselines (rule TEXT PRIMARY KEY, until INTEGER NOT NULL, of TEXT NOT NULL, doc TEXT NOT NULL) STRICT;`,
  `CREATE TABLE points (seq INTEGER PRIMARY KEY, source TEXT NOT NULL, at INTEGER NOT NULL, doc TEXT NOT NULL) STRICT;
   CREATE TABLE notices (seq INTEGER PRIMARY KEY, doc TEXT NOT NULL) STRICT;
   ALTER TABLE units ADD COLUMN ran TEXT;`,
]
/** Blocks of ALERTS that wait for a way out; the oldest beyond that are dropped, since alerts themselves do not depend on them. */
const POINTS_MAX = 20_000

/** What is evaluated at one time: an alert of its own, or a group out of a rule file. */
export type Unit = {
  v: 1
  id: string
  intervalMs: number
  offsetMs: number
  /** Null: one alert. Else the group's rules in their order. */
  group: GroupDoc | null
}
/** An alert as this object holds it. `reporting` null: it opens no incident. `channels`: webhooks it tells. */
export type HeldRule = { v: 1; rule: Rule; reporting: Reporting | null; channels?: readonly string[] }
export type Head = Omit<AlertHead, 'id' | 'team'>
export type Held = HeldRule & { unit: string; state: AlertState; open: Open; head: Head }
/** How the last evaluation went: `at` epoch ms on the clock, by rule (recording rules are `record <place>`). */
export type Ran = { v: 1; at: number; ms: number; rules: Record<string, { ms: number; error: string | null }> }
export type DueUnit = { unit: Unit; evaluated: number | null }
export type QueuedCall = { seq: number; rule: string; call: Call }

type Row = { id: string; unit: string; doc: string; state: string; open: string; head: string }
const newHead: Head = { state: 'inactive', state_since: 0, incident_id: null, rev: 0 }

/** Reads and writes of one team's alerts. Nothing decides here. */
export class AlertRows {
  private readonly sql: SqlStorage
  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  clear(): void {
    for (const table of ['meta', 'units', 'rules', 'calls', 'intents', 'transitions', 'baselines', 'points', 'notices'])
      this.sql.exec(`DELETE FROM ${table}`)
  }

  meta(key: string): string | null {
    return this.sql.exec<{ value: string }>('SELECT value FROM meta WHERE key = ?', key).toArray()[0]?.value ?? null
  }
  setMeta(key: string, value: string): void {
    this.sql.exec('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', key, value)
  }

  unitIds(): string[] {
    return this.sql.exec<{ id: string }>('SELECT id FROM units').toArray().map((r) => r.id) // biome-ignore format: one line
  }
  /** `fresh`: it was changed or is new, so it is due at once. */
  saveUnit(unit: Unit, dueAt: number): void {
    const doc = JSON.stringify(unit)
    this.sql.exec(
      `INSERT INTO units (id, doc, evaluated, next_at) VALUES (?, ?, NULL, ?)
       ON CONFLICT (id) DO UPDATE SET next_at = CASE WHEN doc = excluded.doc THEN next_at ELSE excluded.next_at END, doc = excluded.doc`,
      unit.id,
      doc,
      dueAt,
    )
  }
  dropUnit(id: string): void {
    this.sql.exec('DELETE FROM units WHERE id = ?', id)
  }
  due(at: number, limit: number): DueUnit[] {
    return this.sql
      .exec<{ doc: string; evaluated: number | null }>('SELECT doc, evaluated FROM units WHERE next_at <= ? ORDER BY next_at LIMIT ?', at, limit)
      .toArray()
      .map((r) => ({ unit: JSON.parse(r.doc) as Unit, evaluated: r.evaluated })) // biome-ignore format: one query
  }
  nextDue(): number | null {
    return this.sql.exec<{ at: number | null }>('SELECT min(next_at) AS at FROM units').one().at
  }
  evaluated(id: string, at: number | null, nextAt: number): void {
    this.sql.exec('UPDATE units SET evaluated = coalesce(?, evaluated), next_at = ? WHERE id = ?', at, nextAt, id)
  }

  ran(id: string, ran: Ran): void {
    this.sql.exec('UPDATE units SET ran = ? WHERE id = ?', JSON.stringify(ran), id)
  }
  allRan(): Record<string, Ran> {
    const rows = this.sql.exec<{ id: string; ran: string }>('SELECT id, ran FROM units WHERE ran IS NOT NULL').toArray()
    return Object.fromEntries(rows.map((r) => [r.id, JSON.parse(r.ran) as Ran]))
  }

  rule(id: string): Held | null {
    const row = this.sql.exec<Row>('SELECT id, unit, doc, state, open, head FROM rules WHERE id = ?', id).toArray()[0]
    return row ? heldOf(row) : null
  }
  rules(): Held[] {
    return this.sql.exec<Row>('SELECT id, unit, doc, state, open, head FROM rules').toArray().map(heldOf)
  }
  rulesOf(unit: string): Held[] {
    return this.sql.exec<Row>('SELECT id, unit, doc, state, open, head FROM rules WHERE unit = ?', unit).toArray().map(heldOf)
  }
  /** A new definition; what is known of the alert stays. True when it was there before. */
  define(id: string, unit: string, held: HeldRule): void {
    this.sql.exec(
      `INSERT INTO rules (id, unit, doc, state, open, head) VALUES (?, ?, ?, ?, '{}', ?)
       ON CONFLICT (id) DO UPDATE SET unit = excluded.unit, doc = excluded.doc`,
      ...[id, unit, JSON.stringify(held), JSON.stringify(newState), JSON.stringify(newHead)],
    )
  }
  save(id: string, state: AlertState, open: Open, head: Head, headDue: boolean): void {
    const text = JSON.stringify(state)
    this.sql.exec(
      'UPDATE rules SET state = ?, open = ?, head = ?, head_due = max(head_due, ?) WHERE id = ?',
      ...[text, JSON.stringify(open), JSON.stringify(head), headDue ? 1 : 0, id],
    )
  }
  dropRule(id: string): void {
    this.sql.exec('DELETE FROM rules WHERE id = ?', id)
    this.sql.exec('DELETE FROM baselines WHERE rule = ?', id)
  }
  headsDue(limit: number): { id: string; head: Head }[] {
    return this.sql.exec<{ id: string; head: string }>('SELECT id, head FROM rules WHERE head_due = 1 LIMIT ?', limit).toArray().map((r) => ({ id: r.id, head: JSON.parse(r.head) as Head })) // biome-ignore format: one query
  }
  headWritten(id: string, rev: number): void {
    this.sql.exec("UPDATE rules SET head_due = 0 WHERE id = ? AND json_extract(head, '$.rev') = ?", id, rev)
  }

  addCalls(rule: string, calls: readonly Call[]): void {
    for (const call of calls) this.sql.exec('INSERT INTO calls (rule, doc) VALUES (?, ?)', rule, JSON.stringify(call))
  }
  calls(limit: number): QueuedCall[] {
    return this.sql.exec<{ seq: number; rule: string; doc: string }>('SELECT seq, rule, doc FROM calls ORDER BY seq LIMIT ?', limit).toArray().map((r) => ({ seq: r.seq, rule: r.rule, call: JSON.parse(r.doc) as Call })) // biome-ignore format: one query
  }
  doneCall(seq: number): void {
    this.sql.exec('DELETE FROM calls WHERE seq = ?', seq)
  }
  incidentOf(intent: string): string | null {
    return this.sql.exec<{ incident: string }>('SELECT incident FROM intents WHERE id = ?', intent).toArray()[0]?.incident ?? null
  }
  opened(intent: string, incident: string): void {
    this.sql.exec('INSERT INTO intents (id, incident) VALUES (?, ?) ON CONFLICT DO NOTHING', intent, incident)
  }
  forgetIntents(keep: number): void {
    this.sql.exec('DELETE FROM intents WHERE id NOT IN (SELECT id FROM intents ORDER BY id DESC LIMIT ?)', keep)
  }

  addTransition(intent: string | null, at: number, doc: object): void {
    this.sql.exec('INSERT INTO transitions (intent, at, doc) VALUES (?, ?, ?)', intent, at, JSON.stringify(doc))
  }
  /** Oldest first; those whose incident is not known yet wait until `patience` (epoch ms of their making). */
  transitions(patience: number, limit: number): { seq: number; intent: string | null; doc: Record<string, unknown> }[] {
    return this.sql
      .exec<{ seq: number; intent: string | null; doc: string }>(
        'SELECT seq, intent, doc FROM transitions WHERE intent IS NULL OR at <= ? OR intent IN (SELECT id FROM intents) ORDER BY seq LIMIT ?',
        patience,
        limit,
      )
      .toArray()
      .map((r) => ({ seq: r.seq, intent: r.intent, doc: JSON.parse(r.doc) as Record<string, unknown> }))
  }
  dropTransitions(seqs: readonly number[]): void {
    for (const seq of seqs) this.sql.exec('DELETE FROM transitions WHERE seq = ?', seq)
  }
  addPoints(source: string, at: number, points: readonly Point[]): void {
    this.sql.exec('INSERT INTO points (source, at, doc) VALUES (?, ?, ?)', source, at, JSON.stringify(points))
    this.sql.exec('DELETE FROM points WHERE seq <= (SELECT max(seq) FROM points) - ?', POINTS_MAX)
  }
  points(limit: number): { seq: number; source: string; at: number; points: Point[] }[] {
    return this.sql.exec<{ seq: number; source: string; at: number; doc: string }>('SELECT seq, source, at, doc FROM points ORDER BY seq LIMIT ?', limit).toArray().map(({ doc, ...r }) => ({ ...r, points: JSON.parse(doc) as Point[] })) // biome-ignore format: one query
  }
  dropPoints(upTo: number): void {
    this.sql.exec('DELETE FROM points WHERE seq <= ?', upTo)
  }
  addNotices(notices: readonly Notice[]): void {
    for (const notice of notices) this.sql.exec('INSERT INTO notices (doc) VALUES (?)', JSON.stringify(notice))
  }
  notices(limit: number): { seq: number; notice: Notice }[] {
    return this.sql.exec<{ seq: number; doc: string }>('SELECT seq, doc FROM notices ORDER BY seq LIMIT ?', limit).toArray().map((r) => ({ seq: r.seq, notice: JSON.parse(r.doc) as Notice })) // biome-ignore format: one query
  }
  dropNotice(seq: number): void {
    this.sql.exec('DELETE FROM notices WHERE seq = ?', seq)
  }
  isWaiting(): boolean {
    const { n } = this.sql
      .exec<{ n: number }>('SELECT (SELECT count(*) FROM calls) + (SELECT count(*) FROM transitions) + (SELECT count(*) FROM points) + (SELECT count(*) FROM notices) + (SELECT count(*) FROM rules WHERE head_due = 1) AS n')
      .one() // biome-ignore format: one query
    return n > 0
  }

  baselines(rule: string): { until: number; of: string; by: Record<string, Baseline> } | null {
    const row = this.sql.exec<{ until: number; of: string; doc: string }>('SELECT until, of, doc FROM baselines WHERE rule = ?', rule).toArray()[0] // biome-ignore format: one query
    return row ? { until: row.until, of: row.of, by: JSON.parse(row.doc) as Record<string, Baseline> } : null
  }
  saveBaselines(rule: string, until: number, of: string, by: Record<string, Baseline>): void {
    this.sql.exec('INSERT OR REPLACE INTO baselines (rule, until, of, doc) VALUES (?, ?, ?, ?)', rule, until, of, JSON.stringify(by))
  }
}

const heldOf = (row: Row): Held => ({
  ...(JSON.parse(row.doc) as HeldRule),
  unit: row.unit,
  state: { ...newState, ...(JSON.parse(row.state) as AlertState) },
  open: JSON.parse(row.open) as Open,
  head: JSON.parse(row.head) as Head,
})
