CREATE TABLE monitors (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  team TEXT NOT NULL,
  shard INTEGER NOT NULL,
  url TEXT NOT NULL,
  monitor_type TEXT NOT NULL,
  name TEXT NOT NULL,
  check_frequency INTEGER NOT NULL,
  confirmation_period INTEGER NOT NULL,
  recovery_period INTEGER NOT NULL,
  request_timeout INTEGER NOT NULL,
  regions TEXT NOT NULL,
  quorum INTEGER,
  http_method TEXT NOT NULL,
  request_headers TEXT NOT NULL,
  request_body TEXT,
  auth_username TEXT,
  auth_password TEXT,
  follow_redirects INTEGER NOT NULL,
  expected_status_codes TEXT NOT NULL,
  required_keyword TEXT,
  maintenance_from TEXT,
  maintenance_to TEXT,
  maintenance_timezone TEXT NOT NULL,
  maintenance_days TEXT NOT NULL,
  policy_id TEXT,
  monitor_group_id TEXT,
  call INTEGER NOT NULL,
  sms INTEGER NOT NULL,
  email INTEGER NOT NULL,
  push INTEGER NOT NULL,
  critical_alert INTEGER NOT NULL,
  team_wait INTEGER,
  paused_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
);
CREATE INDEX monitors_team ON monitors (team, name);
CREATE INDEX monitors_group ON monitors (monitor_group_id);
CREATE INDEX monitors_shard ON monitors (shard);
CREATE TABLE monitor_heads (
  id TEXT PRIMARY KEY NOT NULL,
  team TEXT NOT NULL,
  status TEXT NOT NULL,
  status_since INTEGER NOT NULL,
  incident_id TEXT,
  rev INTEGER NOT NULL
);
CREATE INDEX monitor_heads_team ON monitor_heads (team, status);
CREATE TABLE monitor_groups (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  team TEXT NOT NULL,
  name TEXT NOT NULL,
  sort_index INTEGER NOT NULL,
  paused_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
);
CREATE INDEX monitor_groups_team ON monitor_groups (team, sort_index);
