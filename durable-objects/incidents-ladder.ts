/** The object's storage, step by step. Documents are JSON with `v`; columns beside them are what is searched for. */
export const incidentsLadder = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
   CREATE TABLE incidents (id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, cause TEXT, status TEXT NOT NULL, look_again INTEGER,
     head_due INTEGER, head_tries INTEGER NOT NULL DEFAULT 0, doc TEXT NOT NULL) STRICT;
   CREATE UNIQUE INDEX one_open ON incidents (cause) WHERE status <> 'resolved';
   CREATE INDEX of_cause ON incidents (cause, number);
   CREATE INDEX looks ON incidents (look_again) WHERE look_again IS NOT NULL;
   CREATE INDEX heads ON incidents (head_due) WHERE head_due IS NOT NULL;
   CREATE TABLE intents (id TEXT PRIMARY KEY, incident TEXT NOT NULL) STRICT;
   CREATE TABLE observations (id TEXT PRIMARY KEY) STRICT;
   CREATE TABLE declarations (key TEXT PRIMARY KEY, body TEXT NOT NULL, incident TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
   CREATE TABLE events (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, incident TEXT NOT NULL, doc TEXT NOT NULL) STRICT;
   CREATE INDEX events_of ON events (incident, seq);
   CREATE TABLE pages (id TEXT PRIMARY KEY, incident TEXT NOT NULL, state TEXT NOT NULL, due_at INTEGER,
     failures INTEGER NOT NULL, created_at INTEGER NOT NULL, doc TEXT NOT NULL) STRICT;
   CREATE INDEX pages_of ON pages (incident, id);
   CREATE INDEX pages_due ON pages (due_at) WHERE due_at IS NOT NULL;
   CREATE INDEX pages_unsent ON pages (state) WHERE state IN ('due', 'sending');
   CREATE TABLE receipts (seq INTEGER PRIMARY KEY, page TEXT NOT NULL, doc TEXT NOT NULL) STRICT;
   CREATE INDEX receipts_of ON receipts (page, seq);`,
  `CREATE TABLE marks (key TEXT PRIMARY KEY, n REAL NOT NULL) STRICT;
   CREATE TABLE departures (incident TEXT PRIMARY KEY, at INTEGER NOT NULL, ms INTEGER NOT NULL) STRICT;
   CREATE INDEX departures_at ON departures (at);
   ALTER TABLE pages ADD COLUMN reaches TEXT;
   CREATE INDEX pages_to ON pages (reaches);`,
  `CREATE INDEX pages_waiting ON pages (created_at) WHERE state IN ('due', 'sending');`,
  `CREATE INDEX pages_failing ON pages (created_at) WHERE state IN ('due', 'sending') AND failures > 0;
   CREATE INDEX declarations_at ON declarations (at);`,
]
