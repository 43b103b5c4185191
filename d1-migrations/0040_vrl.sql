ALTER TABLE sources ADD COLUMN vrl_drops TEXT NOT NULL DEFAULT 'abort';
ALTER TABLE sources ADD COLUMN vrl_spans TEXT NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN vrl_spans_drops TEXT NOT NULL DEFAULT 'abort';
CREATE TABLE pipeline_versions (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, source TEXT NOT NULL, signal TEXT NOT NULL,
  version INTEGER NOT NULL, program TEXT NOT NULL, drops TEXT NOT NULL, restored_from INTEGER, author_type TEXT NOT NULL,
  author_id TEXT NOT NULL, author_name TEXT NOT NULL, created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX pipeline_versions_of ON pipeline_versions (team, source, signal, version);
CREATE TABLE pipeline_outcomes (
  team TEXT NOT NULL, source TEXT NOT NULL, signal TEXT NOT NULL, outcome TEXT NOT NULL, place TEXT NOT NULL, message TEXT NOT NULL,
  count INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (team, source, signal, outcome, place)
);
CREATE TABLE pipeline_samples (
  team TEXT NOT NULL, source TEXT NOT NULL, signal TEXT NOT NULL, events TEXT NOT NULL, at INTEGER NOT NULL,
  wanted_until INTEGER NOT NULL, PRIMARY KEY (team, source, signal)
);
