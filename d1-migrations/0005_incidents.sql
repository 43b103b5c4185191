CREATE TABLE incident_heads (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, team_number INTEGER NOT NULL, title TEXT NOT NULL,
  status TEXT NOT NULL, severity TEXT NOT NULL, cause TEXT NOT NULL, monitor_id TEXT, policy_id TEXT, service_id TEXT, responder_id TEXT,
  escalation_level INTEGER NOT NULL, started_at INTEGER NOT NULL, created_at INTEGER NOT NULL, acknowledged_at INTEGER, acknowledged_by TEXT,
  resolved_at INTEGER, resolved_by TEXT, rev INTEGER NOT NULL
);
CREATE INDEX incident_heads_team ON incident_heads (team, created_at);
CREATE INDEX incident_heads_status ON incident_heads (team, status);
CREATE INDEX incident_heads_monitor ON incident_heads (team, monitor_id, created_at);
CREATE TABLE page_gauges (team TEXT PRIMARY KEY NOT NULL, oldest_unsent_at INTEGER NOT NULL);
