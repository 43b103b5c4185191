CREATE TABLE log_queries (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, name TEXT NOT NULL, query_type TEXT NOT NULL,
  query_text TEXT NOT NULL, saved_as_dashboard INTEGER NOT NULL, user_id TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX log_queries_team ON log_queries (team);
CREATE TABLE watched_sources (
  team TEXT NOT NULL, source TEXT NOT NULL, tail TEXT NOT NULL, until INTEGER NOT NULL,
  PRIMARY KEY (team, source, tail)
);
CREATE TABLE source_refusals (
  team TEXT NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (team, source, reason)
);
