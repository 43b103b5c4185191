ALTER TABLE policies ADD COLUMN timezone TEXT NOT NULL DEFAULT 'UTC';
ALTER TABLE policies ADD COLUMN final_team_after INTEGER;
ALTER TABLE policies ADD COLUMN acknowledgement_timeout INTEGER;
ALTER TABLE policies ADD COLUMN policy_group TEXT;
CREATE TABLE policy_groups (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, name TEXT NOT NULL, sort_index INTEGER NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX policy_groups_team ON policy_groups (team);
