CREATE TABLE derived_metrics (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, name TEXT NOT NULL, description TEXT NOT NULL,
  filter TEXT NOT NULL, group_by TEXT NOT NULL, aggregate TEXT NOT NULL, field TEXT, quantile REAL, source_ids TEXT, created_by TEXT NOT NULL, created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX derived_metrics_name ON derived_metrics (team, name);
-- Off by default, nothing was made of a source's lines that a rule asks for; who wants that says so.
UPDATE sources SET derived_metrics_enabled = 1;
