CREATE TABLE oncall_calendars (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL, host TEXT NOT NULL,
  use TEXT NOT NULL, user_id TEXT, events TEXT NOT NULL, etag TEXT, polled_at INTEGER, next_poll_at INTEGER NOT NULL, failures INTEGER NOT NULL,
  error TEXT, skipped TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
);
CREATE INDEX oncall_calendars_team ON oncall_calendars (team);
CREATE INDEX oncall_calendars_due ON oncall_calendars (next_poll_at) WHERE deleted_at IS NULL;
CREATE TABLE oncall_feeds (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, of TEXT NOT NULL, ref TEXT NOT NULL, created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL, revoked_at INTEGER
);
CREATE INDEX oncall_feeds_team ON oncall_feeds (team);
