CREATE TABLE status_pages (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, name TEXT NOT NULL, subdomain TEXT NOT NULL,
  custom_domain TEXT, custom_domain_verified INTEGER NOT NULL DEFAULT 0, timezone TEXT NOT NULL, published INTEGER NOT NULL, logo_url TEXT,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
);
CREATE INDEX status_pages_team ON status_pages (team, name);
CREATE UNIQUE INDEX status_pages_subdomain ON status_pages (subdomain) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX status_pages_domain ON status_pages (custom_domain) WHERE custom_domain_verified = 1 AND deleted_at IS NULL;
CREATE TABLE status_sections (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, page_id TEXT NOT NULL, name TEXT NOT NULL,
  position INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX status_sections_page ON status_sections (page_id, position);
CREATE TABLE status_resources (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, page_id TEXT NOT NULL, section_id TEXT,
  resource_type TEXT NOT NULL, resource_id TEXT NOT NULL, public_name TEXT NOT NULL, position INTEGER NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX status_resources_page ON status_resources (page_id, position);
CREATE INDEX status_resources_resource ON status_resources (resource_id);
CREATE TABLE status_reports (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, page_id TEXT NOT NULL, title TEXT NOT NULL,
  type TEXT NOT NULL, status TEXT NOT NULL, starts_at INTEGER NOT NULL, ends_at INTEGER, ended_at INTEGER, next_update_at INTEGER, affected TEXT NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
);
CREATE INDEX status_reports_page ON status_reports (page_id, starts_at);
CREATE TABLE status_report_updates (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, page_id TEXT NOT NULL, report_id TEXT NOT NULL,
  status TEXT NOT NULL, message TEXT NOT NULL, published_at INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX status_report_updates_report ON status_report_updates (report_id, published_at);
CREATE TABLE status_snapshots (
  page_id TEXT PRIMARY KEY NOT NULL, team TEXT NOT NULL, revision INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX status_snapshots_team ON status_snapshots (team);
