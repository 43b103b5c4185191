CREATE TABLE urgencies (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, key TEXT, name TEXT NOT NULL, channels TEXT NOT NULL,
  critical INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX urgencies_team ON urgencies (team);
CREATE UNIQUE INDEX urgencies_key ON urgencies (team, key) WHERE key IS NOT NULL;
CREATE TABLE contact_methods (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, person TEXT NOT NULL, channel TEXT NOT NULL,
  contact TEXT NOT NULL, label TEXT NOT NULL, secret TEXT, verified_at INTEGER, code_hash TEXT, code_expires_at INTEGER,
  code_tries INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX contact_methods_person ON contact_methods (team, person);
CREATE UNIQUE INDEX contact_methods_contact ON contact_methods (team, person, channel, contact);
CREATE TABLE notification_rules (
  team TEXT NOT NULL, person TEXT NOT NULL, rules TEXT NOT NULL DEFAULT '[]', quiet TEXT NOT NULL DEFAULT '[]',
  sent INTEGER NOT NULL DEFAULT 0, sent_since INTEGER NOT NULL DEFAULT 0, updated_at INTEGER NOT NULL,
  PRIMARY KEY (team, person)
);
