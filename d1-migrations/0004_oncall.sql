CREATE TABLE policies (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, name TEXT NOT NULL, repeat_count INTEGER NOT NULL,
  steps TEXT NOT NULL, is_default INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
);
CREATE INDEX policies_team ON policies (team);
CREATE UNIQUE INDEX policies_default ON policies (team) WHERE is_default = 1 AND deleted_at IS NULL;
