CREATE TABLE schedules (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, name TEXT NOT NULL,
  google_calendar_id TEXT, outlook_calendar_id TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
);
CREATE INDEX schedules_team ON schedules (team, name);
CREATE TABLE schedule_versions (
  id TEXT PRIMARY KEY NOT NULL, team TEXT NOT NULL, schedule_id TEXT NOT NULL, from_at INTEGER NOT NULL, timezone TEXT NOT NULL, layers TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX schedule_versions_from ON schedule_versions (schedule_id, from_at);
CREATE TABLE schedule_overrides (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, schedule_id TEXT NOT NULL, user_id TEXT NOT NULL,
  from_at INTEGER NOT NULL, until_at INTEGER NOT NULL, replaces TEXT, layer TEXT, reason TEXT, cover_request_id TEXT, created_by TEXT,
  created_at INTEGER NOT NULL, deleted_at INTEGER
);
CREATE INDEX schedule_overrides_schedule ON schedule_overrides (schedule_id, until_at);
CREATE UNIQUE INDEX schedule_overrides_cover ON schedule_overrides (cover_request_id) WHERE cover_request_id IS NOT NULL AND deleted_at IS NULL;
