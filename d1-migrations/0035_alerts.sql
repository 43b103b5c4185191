CREATE TABLE metric_alerts (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, name TEXT NOT NULL, group_id TEXT, doc TEXT NOT NULL,
  paused INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
);
CREATE INDEX metric_alerts_team ON metric_alerts (team, name);
CREATE INDEX metric_alerts_group ON metric_alerts (team, group_id);
CREATE TABLE metric_alert_heads (
  id TEXT PRIMARY KEY, team TEXT NOT NULL, state TEXT NOT NULL, state_since INTEGER NOT NULL, incident_id TEXT, rev INTEGER NOT NULL
);
CREATE INDEX metric_alert_heads_team ON metric_alert_heads (team, state);
CREATE TABLE rule_groups (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, name TEXT NOT NULL, file TEXT NOT NULL, doc TEXT NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
);
CREATE INDEX rule_groups_team ON rule_groups (team, file, name);
