import { newId } from '../shared/ids.ts'
import { causeOf, type Incident, incidentOf } from '../shared/incidents/incident.ts'
import { type PageChange, type PageReceipt, type PageRow, pageRowOf } from '../shared/incidents/page-state.ts'
import type { NewEvent, TimelineEvent } from '../shared/incidents/timeline.ts'
import { DAY } from '../shared/time.ts'

type Doc = { doc: string }
/** A partial index is used only where its own condition is said again; without it this walked over every page there ever was, at each change. */
const SENDING = `pages INDEXED BY pages_unsent WHERE state IN ('due', 'sending') AND state = 'sending'`
const upgraded = <T>(read: (stored: T) => T, stored: T | null): T | null => stored && read(stored)
/** Whom a page reaches by what, as a key. */
const reaches = ({ channel, contact }: Pick<PageRow, 'channel' | 'contact'>): string => `${channel} ${contact}`

/** Reads and writes of one team's incidents. Nothing decides here. */
export class IncidentRows {
  private readonly sql: SqlStorage
  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  /** Every row: there is one team here. */
  forget(): void {
    for (const table of [
      'departures',
      'marks',
      'receipts',
      'pages',
      'events',
      'declarations',
      'observations',
      'intents',
      'incidents',
      'meta',
    ])
      this.sql.exec(`DELETE FROM ${table}`)
  }

  meta(key: string): string | null {
    return this.first<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? null
  }
  setMeta(key: string, value: string): void {
    this.sql.exec('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', key, value)
  }

  incident(id: string): Incident | null {
    return upgraded(incidentOf, this.doc<Incident>('SELECT doc FROM incidents WHERE id = ?', id))
  }
  openOf(cause: string): Incident | null {
    return upgraded(incidentOf, this.doc<Incident>("SELECT doc FROM incidents WHERE cause = ? AND status <> 'resolved'", cause))
  }
  lastOf(cause: string): Incident | null {
    return upgraded(incidentOf, this.doc<Incident>('SELECT doc FROM incidents WHERE cause = ? ORDER BY number DESC LIMIT 1', cause))
  }
  nextNumber(): number {
    return (this.first<{ n: number | null }>('SELECT max(number) AS n FROM incidents')?.n ?? 0) + 1
  }
  /** Ids of incidents whose clock is due. */
  looking(at: number): string[] {
    const due = this.sql.exec<{ id: string }>('SELECT id FROM incidents WHERE look_again <= ? ORDER BY look_again LIMIT 200', at)
    return due.toArray().map((row) => row.id)
  }
  lookLater(id: string, at: number): void {
    this.sql.exec('UPDATE incidents SET look_again = ? WHERE id = ?', at, id)
  }
  withDueHead(at: number): Incident[] {
    return this.docs<Incident>('SELECT doc FROM incidents WHERE head_due <= ? ORDER BY head_due LIMIT 100', at).map(incidentOf)
  }

  /** Saves the document, its events and its pages; a newer `rev` makes the head due at `at`. */
  save(incident: Incident, events: NewEvent[], pages: PageChange[], at: number): void {
    const doc = JSON.stringify(incident)
    const cause = incident.cause && causeOf(incident.cause)
    this.sql.exec(
      `INSERT INTO incidents (id, number, cause, status, look_again, head_due, doc) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET status = excluded.status, look_again = excluded.look_again, doc = excluded.doc,
         head_due = CASE WHEN json_extract(incidents.doc, '$.rev') < ? THEN excluded.head_due ELSE incidents.head_due END, head_tries = 0`,
      ...[incident.id, incident.number, cause, incident.status, incident.lookAgain, at, doc, incident.rev],
    )
    for (const e of events) this.addEvent(incident.id, e)
    for (const p of pages) this.savePage(p)
  }
  private addEvent(incident: string, event: NewEvent): void {
    const id = newId(event.at)
    this.sql.exec('INSERT INTO events (id, incident, doc) VALUES (?, ?, ?)', id, incident, JSON.stringify({ id, ...event }))
  }
  events(incident: string): TimelineEvent[] {
    return this.docs<TimelineEvent>('SELECT doc FROM events WHERE incident = ? ORDER BY seq', incident)
  }
  /** Events of these types after `seq`, of whatever incident, oldest first. */
  eventsAfter(seq: number, types: readonly TimelineEvent['type'][]): { seq: number; incident: string; event: TimelineEvent }[] {
    return this.sql
      .exec<Doc & { seq: number; incident: string }>(
        `SELECT seq, incident, doc FROM events WHERE seq > ? AND json_extract(doc, '$.type') IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT 100`,
        seq,
        JSON.stringify(types),
      )
      .toArray()
      .map((row) => ({ seq: row.seq, incident: row.incident, event: JSON.parse(row.doc) as TimelineEvent }))
  }
  /** The newest event of all. */
  lastSeq(): number {
    return this.first<{ seq: number | null }>('SELECT max(seq) AS seq FROM events')?.seq ?? 0
  }
  lastEvent(incident: string): number {
    return this.first<{ seq: number | null }>('SELECT max(seq) AS seq FROM events WHERE incident = ?', incident)?.seq ?? 0
  }
  headWritten(id: string, rev: number): void {
    this.sql.exec("UPDATE incidents SET head_due = NULL, head_tries = 0 WHERE id = ? AND json_extract(doc, '$.rev') = ?", id, rev)
  }
  /** Again after a wait that doubles from 2 s to 5 min. */
  headLater(id: string, at: number): void {
    this.sql.exec(
      'UPDATE incidents SET head_due = ? + min(300000, 2000 << min(head_tries, 8)), head_tries = head_tries + 1 WHERE id = ?',
      at,
      id,
    )
  }

  savePage({ page, receipt }: PageChange): void {
    this.sql.exec(
      `INSERT INTO pages (id, incident, state, due_at, failures, created_at, reaches, doc) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, due_at = excluded.due_at, failures = excluded.failures, doc = excluded.doc`,
      ...[page.id, page.incident, page.state, page.dueAt, page.failures, page.createdAt, reaches(page), JSON.stringify(page)],
    )
    if (receipt) this.sql.exec('INSERT INTO receipts (page, doc) VALUES (?, ?)', page.id, JSON.stringify(receipt))
  }
  page(id: string): PageRow | null {
    return upgraded(pageRowOf, this.doc<PageRow>('SELECT doc FROM pages WHERE id = ?', id))
  }
  pagesOf(incident: string): PageRow[] {
    return this.pageRows('SELECT doc FROM pages WHERE incident = ? ORDER BY id', incident)
  }
  receipts(page: string): PageReceipt[] {
    return this.docs<PageReceipt>('SELECT doc FROM receipts WHERE page = ? ORDER BY seq', page)
  }
  duePages(at: number, limit: number): PageRow[] {
    return this.pageRows('SELECT doc FROM pages WHERE due_at <= ? ORDER BY due_at, id LIMIT ?', at, limit)
  }
  /** Pages to the same contact that wait to leave or are leaving, oldest first. */
  pagesTo(page: Pick<PageRow, 'channel' | 'contact'>): PageRow[] {
    return this.pageRows("SELECT doc FROM pages WHERE reaches = ? AND state IN ('due', 'sending') ORDER BY id LIMIT 500", reaches(page))
  }
  /** Pages that this one's message told of too. */
  toldWith(page: PageRow): PageRow[] {
    return this.pageRows(
      "SELECT doc FROM pages WHERE reaches = ? AND json_extract(doc, '$.with') = ? ORDER BY id LIMIT 500",
      reaches(page),
      page.id,
    )
  }
  sending(): PageRow[] {
    return this.pageRows(`SELECT doc FROM ${SENDING}`)
  }
  isSending(): boolean {
    return this.first(`SELECT 1 FROM ${SENDING} LIMIT 1`) !== null
  }
  /** The oldest page on its way that failed before or was made before `at`, and that `counts`. Rows are read one by one: there may be thousands. */
  firstUnsent(at: number, counts: (page: PageRow) => boolean): PageRow | null {
    const first = (waiting: SqlStorageCursor<Doc>): PageRow | null => {
      for (const { doc } of waiting) {
        const page = pageRowOf(JSON.parse(doc))
        if (counts(page)) return page
      }
      return null
    }
    // two indexes, two questions: with OR in one, SQLite walks over every page that waits
    const waits = `WHERE state IN ('due', 'sending')`
    const old = first(this.sql.exec(`SELECT doc FROM pages INDEXED BY pages_waiting ${waits} AND created_at < ? ORDER BY created_at`, at))
    const failed = first(this.sql.exec(`SELECT doc FROM pages INDEXED BY pages_failing ${waits} AND failures > 0 ORDER BY created_at`))
    return old && failed ? (old.createdAt <= failed.createdAt ? old : failed) : (old ?? failed)
  }

  /** A number kept under a name; 0 when there is none. */
  mark(key: string): number {
    return this.first<{ n: number }>('SELECT n FROM marks WHERE key = ?', key)?.n ?? 0
  }
  setMark(key: string, n: number): void {
    this.sql.exec('INSERT INTO marks (key, n) VALUES (?, ?) ON CONFLICT DO UPDATE SET n = excluded.n', key, n)
  }

  /** The first page of an incident left, `ms` after it was wanted. Later ones do not count. */
  departed(incident: string, at: number, ms: number): void {
    this.sql.exec('INSERT INTO departures (incident, at, ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', incident, at, ms)
  }
  /** How long first pages took in [from, to), shortest first; of the newest 10,000. */
  departures(from: number, to: number): number[] {
    return this.sql
      .exec<{ ms: number }>(
        'SELECT ms FROM (SELECT ms FROM departures WHERE at >= ? AND at < ? ORDER BY at DESC LIMIT 10000) ORDER BY ms',
        from,
        to,
      )
      .toArray()
      .map((row) => row.ms)
  }

  incidentOfIntent(id: string): string | null {
    return this.first<{ incident: string }>('SELECT incident FROM intents WHERE id = ?', id)?.incident ?? null
  }
  rememberIntent(id: string, incident: string): void {
    this.sql.exec('INSERT INTO intents (id, incident) VALUES (?, ?) ON CONFLICT DO NOTHING', id, incident)
  }
  /** False when it was told before. */
  firstTime(observation: string): boolean {
    return this.sql.exec('INSERT INTO observations (id) VALUES (?) ON CONFLICT DO NOTHING', observation).rowsWritten > 0
  }
  declaration(key: string, at: number): { body: string; incident: string } | null {
    this.sql.exec('DELETE FROM declarations WHERE at < ?', at - DAY)
    return this.first<{ body: string; incident: string }>('SELECT body, incident FROM declarations WHERE key = ?', key)
  }
  rememberDeclaration(key: string, body: string, incident: string, at: number): void {
    this.sql.exec('INSERT INTO declarations (key, body, incident, at) VALUES (?, ?, ?, ?)', key, body, incident, at)
  }

  /** The earliest time at which anything is due. */
  nextDue(): number | null {
    const { due } = this.sql
      .exec<{ due: number | null }>(
        `SELECT min(due) AS due FROM (SELECT min(look_again) AS due FROM incidents WHERE look_again IS NOT NULL
           UNION ALL SELECT min(head_due) FROM incidents WHERE head_due IS NOT NULL
           UNION ALL SELECT min(due_at) FROM pages WHERE due_at IS NOT NULL)`,
      )
      .one()
    return due
  }

  private first<T extends Record<string, SqlStorageValue>>(query: string, ...values: SqlStorageValue[]): T | null {
    return this.sql.exec<T>(query, ...values).toArray()[0] ?? null
  }
  private doc<T>(query: string, ...values: SqlStorageValue[]): T | null {
    const row = this.first<Doc>(query, ...values)
    return row && (JSON.parse(row.doc) as T)
  }
  private pageRows(query: string, ...values: SqlStorageValue[]): PageRow[] {
    return this.docs<PageRow>(query, ...values).map(pageRowOf)
  }
  private docs<T>(query: string, ...values: SqlStorageValue[]): T[] {
    return this.sql
      .exec<Doc>(query, ...values)
      .toArray()
      .map((row) => JSON.parse(row.doc) as T)
  }
}
