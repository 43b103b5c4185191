CREATE TABLE dashboard_links (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, dashboard TEXT NOT NULL, name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, expires_at INTEGER
);
CREATE INDEX dashboard_links_team ON dashboard_links (team, dashboard);
