CREATE TABLE user (
  id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, email_verified INTEGER NOT NULL DEFAULT 0,
  image TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  timezone TEXT NOT NULL DEFAULT 'UTC', theme TEXT NOT NULL DEFAULT 'system', density TEXT NOT NULL DEFAULT 'pointer', shortcuts INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE session (
  id TEXT PRIMARY KEY NOT NULL, expires_at INTEGER NOT NULL, token TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  ip_address TEXT, user_agent TEXT, user_id TEXT NOT NULL, active_organization_id TEXT
);
CREATE INDEX session_user ON session (user_id);
CREATE TABLE account (
  id TEXT PRIMARY KEY NOT NULL, account_id TEXT NOT NULL, provider_id TEXT NOT NULL, user_id TEXT NOT NULL,
  access_token TEXT, refresh_token TEXT, id_token TEXT, access_token_expires_at INTEGER, refresh_token_expires_at INTEGER,
  scope TEXT, password TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX account_user ON account (user_id);
CREATE TABLE verification (
  id TEXT PRIMARY KEY NOT NULL, identifier TEXT NOT NULL, value TEXT NOT NULL, expires_at INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX verification_identifier ON verification (identifier);
CREATE TABLE organization (
  id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, slug TEXT NOT NULL UNIQUE, logo TEXT, created_at INTEGER NOT NULL, metadata TEXT, deleted_at INTEGER
);
CREATE TABLE member (
  id TEXT PRIMARY KEY NOT NULL, organization_id TEXT NOT NULL, user_id TEXT NOT NULL, role TEXT NOT NULL DEFAULT 'member', created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX member_organization ON member (organization_id, user_id);
CREATE INDEX member_user ON member (user_id);
CREATE TABLE invitation (
  id TEXT PRIMARY KEY NOT NULL, organization_id TEXT NOT NULL, email TEXT NOT NULL, role TEXT, status TEXT NOT NULL DEFAULT 'pending',
  expires_at INTEGER NOT NULL, created_at INTEGER NOT NULL, inviter_id TEXT NOT NULL
);
CREATE UNIQUE INDEX invitation_pending ON invitation (organization_id, email) WHERE status = 'pending';
CREATE INDEX invitation_email ON invitation (email);
CREATE TABLE api_key (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, tail TEXT NOT NULL,
  scopes TEXT NOT NULL, created_by TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER, last_used_at INTEGER, deleted_at INTEGER
);
CREATE INDEX api_key_team ON api_key (team);
CREATE TABLE sign_in_tries (account TEXT PRIMARY KEY NOT NULL, tries INTEGER NOT NULL, blocked_until INTEGER NOT NULL, at INTEGER NOT NULL);
CREATE TABLE idempotency (
  team TEXT NOT NULL, route TEXT NOT NULL, key TEXT NOT NULL, body_hash TEXT NOT NULL, status INTEGER NOT NULL, answer TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (team, route, key)
);
CREATE INDEX idempotency_at ON idempotency (at);
