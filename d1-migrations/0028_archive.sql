ALTER TABLE sources ADD COLUMN s3_endpoint TEXT;
ALTER TABLE sources ADD COLUMN s3_region TEXT;
ALTER TABLE sources ADD COLUMN s3_access_key TEXT;
ALTER TABLE sources ADD COLUMN s3_secret_sealed TEXT;
CREATE TABLE archive_files (
  team TEXT NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL, hour INTEGER NOT NULL, state TEXT NOT NULL, place TEXT NOT NULL,
  rows INTEGER NOT NULL, bytes INTEGER NOT NULL, tries INTEGER NOT NULL, lease_until INTEGER NOT NULL, error TEXT, at INTEGER NOT NULL,
  PRIMARY KEY (team, source, kind, hour)
);
CREATE INDEX archive_files_hour ON archive_files (hour);
