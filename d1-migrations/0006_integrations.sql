CREATE TABLE webhooks (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL, secret TEXT NOT NULL,
  secret_before TEXT, secret_before_until INTEGER, events TEXT NOT NULL, enabled INTEGER NOT NULL DEFAULT 1, disabled_why TEXT,
  created_by TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
);
CREATE INDEX webhooks_team ON webhooks (team);
CREATE TABLE webhook_deliveries (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, webhook TEXT NOT NULL, event TEXT NOT NULL, type TEXT NOT NULL,
  body TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, attempts TEXT NOT NULL, created_at INTEGER NOT NULL, next_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX webhook_deliveries_once ON webhook_deliveries (webhook, event);
CREATE INDEX webhook_deliveries_team ON webhook_deliveries (team, created_at);
