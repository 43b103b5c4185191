CREATE TABLE dashboards (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, name TEXT NOT NULL, is_shared INTEGER NOT NULL,
  doc TEXT NOT NULL, version INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, updated_by TEXT NOT NULL, deleted_at INTEGER
);
CREATE INDEX dashboards_team ON dashboards (team, name);
CREATE TABLE dashboard_versions (
  dashboard TEXT NOT NULL, version INTEGER NOT NULL, team TEXT NOT NULL, name TEXT NOT NULL, doc TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
  PRIMARY KEY (dashboard, version)
);
CREATE INDEX dashboard_versions_team ON dashboard_versions (team);
