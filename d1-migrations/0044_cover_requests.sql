CREATE TABLE cover_requests (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, schedule_id TEXT NOT NULL, layer TEXT NOT NULL,
  shift_start INTEGER NOT NULL, shift_end INTEGER NOT NULL, user_id TEXT NOT NULL, requester_id TEXT, from_at INTEGER NOT NULL, until_at INTEGER NOT NULL,
  reason TEXT, status TEXT NOT NULL, potential_covers TEXT NOT NULL, declined_by TEXT NOT NULL, covered_by TEXT, decided_at INTEGER,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX cover_requests_team ON cover_requests (team, until_at);
CREATE INDEX cover_requests_schedule ON cover_requests (schedule_id, until_at);
